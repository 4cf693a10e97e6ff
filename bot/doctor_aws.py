"""What `doctor` asks of AWS: each check says what it found, or raises OperatorError with the remedy.

They take boto3 clients and block; the caller runs them in threads. Models and the bucket have modules of their own.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import UnknownRegionError

from bot.aws_remedies import NO_REGION, asking
from services.vocabulary.errors import OperatorError

_SHOWN = 5


def identity(sts: Any) -> str:  # noqa: ANN401 - boto3 has no types
    """Whose credentials these are. `sts` is a client of the Security Token Service."""
    with asking("AWS", "sts:GetCallerIdentity"):
        return str(sts.get_caller_identity()["Arn"])


def region(session: Any) -> str:  # noqa: ANN401 - the same
    """The region of a boto3 session. Where Bedrock is, botocore does not know: its models tell."""
    name = session.region_name
    if not name:
        raise OperatorError(f"no region is set: {NO_REGION}")
    try:
        partition = session.get_partition_for_region(name)
    except UnknownRegionError as error:
        raise OperatorError(f"{name} is no region: {NO_REGION}") from error
    for service in ("transcribe", "polly", "s3"):
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
    """A hint: the limits of a service whose name holds `words`, the lowest first. Many that nobody uses are 0."""
    with asking("Service Quotas", "servicequotas:ListServiceQuotas"):
        pages = client.get_paginator("list_service_quotas").paginate(ServiceCode=service)
        limits = {quota["QuotaName"]: quota["Value"] for page in pages for quota in page["Quotas"]}
    found = sorted((value, name) for name, value in limits.items() if words.casefold() in name.casefold())
    if not found:
        return f"nothing is said of {words}; the console of Service Quotas knows more"
    return "; ".join(f"{name}: {value:g}" for value, name in found[:_SHOWN])
