"""Models on Amazon Bedrock, over the Converse API, through pydantic-ai with our own boto3 client.

Every call streams (ConverseStream), also where nobody watches: the read timeout is then a limit on each gap and not on
the whole reply, so that a long reply is never broken off and paid again.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from botocore.config import Config
from botocore.exceptions import (
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)
from pydantic_ai.exceptions import UserError as MisuseError
from pydantic_ai.models.bedrock import BedrockConverseModel, BedrockModelSettings
from pydantic_ai.providers.bedrock import BedrockProvider
from pydantic_ai.settings import ModelSettings

from services.language import Prompt
from services.language.budget import Budget
from services.language.capabilities import capability
from services.language.conversing import ConversingModel
from services.language.exchange import Exchange, Observe
from services.language.prices import Prices
from services.vocabulary.errors import OperatorError

Tier = Literal["default", "flex", "priority", "reserved"]

_ACCESS_ERRORS = (
    NoCredentialsError,
    PartialCredentialsError,
    CredentialRetrievalError,
    TokenRetrievalError,
    SSOError,
)
# What the service model of Converse allows in the values of requestMetadata, and how much of it.
_NOT_METADATA = re.compile(r"[^a-zA-Z0-9\s:_@$#=/+,.\-]")
_METADATA_LENGTH = 256
_GUARDRAIL = re.compile(
    r"(?P<id>[a-z0-9]+|arn:aws[^:]*:bedrock:[^:]*:[0-9]{12}:guardrail/[a-z0-9]+):(?P<version>[1-9][0-9]*|DRAFT)"
)


def client_config(*, connections: int = 32) -> Config:
    """How the `bedrock-runtime` client must be made.

    One attempt only: botocore also retries after a read timeout, which pays for a generation again, and does not retry
    408 and 424, which are worth it. All retries are made here, where they are counted. `connections` should be at least
    `at_once` times the number of models.
    """
    return Config(
        connect_timeout=5,
        read_timeout=300,
        max_pool_connections=connections,
        retries={"mode": "standard", "total_max_attempts": 1},
        tcp_keepalive=True,
    )


class BedrockModel(ConversingModel):
    """One model on Bedrock, by the id of the model or of its inference profile.

    `client` is a boto3 client for `bedrock-runtime`, made with `client_config()`. `guardrail` is 'id:version' or
    'arn:version'. `tier` is the service tier. `labels` go with every request for cost allocation, beside the prompt's
    purpose, its recap and that one's workspace. `window` is the model's context in tokens where it is not known. Making
    one reads tables from disk, so it does not belong on the event loop. Raises OperatorError for a model that Converse
    does not serve.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - boto3 makes its clients' classes at run time
        model_id: str,
        *,
        prices: Prices,
        budget: Budget | None = None,
        observe: Observe | None = None,
        guardrail: str | None = None,
        tier: Tier | None = None,
        labels: dict[str, str] | None = None,
        window: int | None = None,
        at_once: int = 8,
    ) -> None:
        self._guardrail = _guardrail(guardrail) if guardrail else None
        self._tier = tier
        self._labels = labels or {}
        try:
            model = BedrockConverseModel(model_id, provider=BedrockProvider(bedrock_client=client))
        except MisuseError as error:
            raise OperatorError(f"Bedrock cannot serve {model_id} over Converse; name another model") from error
        self._known = capability(model, window=window)
        exchange = Exchange(
            model,
            self._known,
            self._settings,
            prices=prices,
            budget=budget,
            observe=observe,
            at_once=at_once,
            access_errors=_ACCESS_ERRORS,
        )
        super().__init__(exchange)

    def _settings(self, prompt: Prompt, limit: int) -> ModelSettings:
        settings = BedrockModelSettings(max_tokens=limit)
        if prompt.effort and self._known.knows_effort:
            settings["thinking"] = prompt.effort  # type: ignore[typeddict-item] # the port names the same levels
        if self._guardrail:
            settings["bedrock_guardrail_config"] = self._guardrail
        if self._tier:
            settings["bedrock_service_tier"] = {"type": self._tier}
        if metadata := _metadata({**self._labels, **_origin(prompt)}):
            settings["bedrock_request_metadata"] = metadata
        return settings


def _origin(prompt: Prompt) -> dict[str, str]:
    workspace, _, _ = prompt.subject.partition(":")
    return {"purpose": prompt.purpose, "workspace": workspace, "recap": prompt.subject}


def _metadata(labels: dict[str, str]) -> dict[str, str]:
    return {key: _NOT_METADATA.sub("_", value)[:_METADATA_LENGTH] for key, value in labels.items() if value}


def _guardrail(name: str) -> Any:  # noqa: ANN401 - a type that exists only in boto3's stubs
    if not (match := _GUARDRAIL.fullmatch(name)):
        raise OperatorError(f"the guardrail {name!r} must be given as id:version or arn:version, such as gr1abc:2")
    return {"guardrailIdentifier": match["id"], "guardrailVersion": match["version"], "trace": "disabled"}
