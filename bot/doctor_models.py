"""What `doctor` asks of Amazon Bedrock: whether the models that were set answer. It costs a token each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from bot.aws_remedies import remedy
from services.storage.aws import Fault, code_of, fault_of, message_of
from services.vocabulary.errors import OperatorError

_MODELS_SHOWN = 5


def models(bedrock: Any, runtime: Any, names: Sequence[str]) -> str:  # noqa: ANN401 - the same
    """Whether every model answers, asked for one token each. `names` are inference profiles or model ids."""
    if not names:
        raise OperatorError("no model is named: set BEDROCK_MODELS to inference profiles, the preferred one first")
    known = _known_models(bedrock)
    for name in names:
        if known and not name.startswith("arn:") and name not in known:
            raise OperatorError(f"this region has no model {name}: set BEDROCK_MODELS to some of {_like(name, known)}")
        try:
            runtime.converse(
                modelId=name,
                messages=[{"role": "user", "content": [{"text": "Hi"}]}],
                inferenceConfig={"maxTokens": 1},
            )
        except (ClientError, BotoCoreError) as error:
            raise OperatorError(_why_no_answer(name, error)) from error
    return ", ".join(names)


def _known_models(bedrock: Any) -> set[str]:  # noqa: ANN401 - the same
    """Ids that the region lists; none where we may not look, because the models may answer all the same."""
    known = set()
    try:
        for page in bedrock.get_paginator("list_inference_profiles").paginate():
            known |= {profile["inferenceProfileId"] for profile in page["inferenceProfileSummaries"]}
        known |= {model["modelId"] for model in bedrock.list_foundation_models()["modelSummaries"]}
    except ClientError:
        return set()
    except BotoCoreError as error:
        raise OperatorError(remedy("Amazon Bedrock", "bedrock:ListInferenceProfiles", error)) from error
    return known


def _like(name: str, known: set[str]) -> str:
    """A few that share most of the name's words."""
    words = _words(name)
    ranked = sorted(known, key=lambda other: (-len(words & _words(other)), other))
    return ", ".join(ranked[:_MODELS_SHOWN])


def _words(name: str) -> set[str]:
    return set(name.replace(":", "-").replace(".", "-").split("-"))


def _why_no_answer(name: str, error: Exception) -> str:
    code = code_of(error)
    if fault_of(error) is Fault.DENIED:
        return (
            f"{name} may not be used ({message_of(error)}): allow bedrock:InvokeModel on its inference profile and its "
            "foundation model, and fill in the maker's use-case form once in the console of Bedrock"
        )
    if code == "ResourceNotFoundException":
        return f"{name} is not to be had ({message_of(error)}): set BEDROCK_MODELS to a current inference profile"
    if code == "ValidationException":
        return (
            f"{name} does not take a plain request ({message_of(error)}): name its inference profile in BEDROCK_MODELS"
        )
    if "Throttl" in code:
        return f"{name} is throttled ({message_of(error)}): look at its tokens per minute in Service Quotas"
    return remedy(f"the model {name}", "bedrock:InvokeModel", error)
