"""A guardrail that stops words: before the model reads them, and after it wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.aws import tokens
from sandbox.aws.errors import AwsError
from sandbox.aws.faults import Fault
from sandbox.aws.replies import Said

_MESSAGE = "Sorry, the model cannot answer this question."
_UNIT = 1000


@dataclass
class Guardrails:
    """`known` are the ids that there are (empty: any); `words` are stopped, whatever their case."""

    known: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def stops(self, parameters: dict[str, Any], text: str) -> Said | None:
        """What is said instead where the request has a guardrail and the text a stopped word; None: nothing to stop."""
        config = parameters.get("guardrailConfig")
        if not config or "guardrailIdentifier" not in config:
            return None
        self._exists(config["guardrailIdentifier"], "ValidationException")
        if not self._hits(text):
            return None
        return Said([{"text": _MESSAGE}], "guardrail_intervened", tokens.count(_MESSAGE))

    async def apply(self, parameters: dict[str, Any], _fault: Fault | None) -> dict[str, Any]:
        """The operation ApplyGuardrail. Raises AwsError."""
        self._exists(parameters["guardrailIdentifier"], "ResourceNotFoundException")
        texts = [block["text"]["text"] for block in parameters["content"] if "text" in block]
        hits = self._hits("\n".join(texts))
        units = sum(-(-len(text) // _UNIT) for text in texts)
        matched = [{"match": word, "action": "BLOCKED", "detected": True} for word in hits]
        return {
            "usage": {**dict.fromkeys(_USAGE, 0), "wordPolicyUnits": units},
            "action": "GUARDRAIL_INTERVENED" if hits else "NONE",
            "actionReason": "Guardrail blocked." if hits else "No action.",
            "outputs": [{"text": _MESSAGE}] if hits else [],
            "assessments": [{"wordPolicy": {"customWords": matched, "managedWordLists": []}}] if hits else [],
        }

    def reset(self) -> None:
        """Stop nothing."""
        self.known.clear()
        self.words.clear()

    def _exists(self, identifier: str, code: str) -> None:
        if self.known and identifier not in self.known:
            raise AwsError(code, "The guardrail identifier or version provided in the request does not exist.")

    def _hits(self, text: str) -> list[str]:
        return sorted(word for word in self.words if word.lower() in text.lower())


_USAGE = (
    *("topicPolicyUnits", "contentPolicyUnits", "wordPolicyUnits", "sensitiveInformationPolicyUnits"),
    *("sensitiveInformationPolicyFreeUnits", "contextualGroundingPolicyUnits"),
)
