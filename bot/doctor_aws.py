"""What `doctor` asks of AWS: each check says what it found, or raises OperatorError with the remedy.

They take boto3 clients and block; the caller runs them in threads. Models and the bucket have modules of their own.
"""

from __future__ import annotations

from typing import Any

from bot.aws_remedies import NO_REGION, asking
from services.vocabulary.errors import OperatorError


def identity(sts: Any) -> str:  # noqa: ANN401 - boto3 has no types
    """Whose credentials these are. `sts` is a client of the Security Token Service."""
    with asking("AWS", "sts:GetCallerIdentity"):
        return str(sts.get_caller_identity()["Arn"])


def region(session: Any) -> str:  # noqa: ANN401 - the same
    """The region of a boto3 session, where it has all the services."""
    name = session.region_name
    if not name:
        raise OperatorError(f"no region is set: {NO_REGION}")
    for service in ("transcribe", "bedrock-runtime", "polly", "s3"):
        partition = session.get_partition_for_region(name)
        if name not in session.get_available_regions(service, partition_name=partition):
            raise OperatorError(f"{name} has no {service}: {NO_REGION}")
    return str(name)


def transcribe(client: Any) -> str:  # noqa: ANN401 - the same
    """Whether Amazon Transcribe lets us look at jobs."""
    with asking("Amazon Transcribe", "transcribe:ListTranscriptionJobs"):
        client.list_transcription_jobs(MaxResults=1)
    return "lists its jobs"


def polly(client: Any) -> str:  # noqa: ANN401 - the same
    """How many voices Amazon Polly has here, and their engines."""
    with asking("Amazon Polly", "polly:DescribeVoices"):
        pages = client.get_paginator("describe_voices").paginate()
        voices = [voice for page in pages for voice in page["Voices"]]
    engines = sorted({engine for voice in voices for engine in voice.get("SupportedEngines", ())})
    if not voices:
        raise OperatorError(f"Amazon Polly has no voices here: {NO_REGION}")
    return f"{len(voices)} voices, {', '.join(engines)}"


def quotas(client: Any, service: str, words: str) -> str:  # noqa: ANN401 - the same
    """The limits of a service whose name holds `words`, as Service Quotas tells them; none of them may be 0."""
    with asking("Service Quotas", "servicequotas:ListServiceQuotas"):
        pages = client.get_paginator("list_service_quotas").paginate(ServiceCode=service)
        found = {q["QuotaName"]: q["Value"] for page in pages for q in page["Quotas"]}
    found = {name: value for name, value in found.items() if words.casefold() in name.casefold()}
    for name, value in found.items():
        if value == 0:
            raise OperatorError(f"the quota '{name}' is 0: ask for more in the console of Service Quotas")
    return "; ".join(f"{name}: {value:g}" for name, value in found.items()) or f"nothing is said of {words}"
