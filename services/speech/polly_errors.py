"""What Amazon Polly and the AWS library raise, told apart by who acts."""

from __future__ import annotations

from services.storage.aws import Fault, code_of, fault_of, message_of
from services.vocabulary.errors import OperatorError, RetryableError

_ACCESS = {"IncompleteSignature", "NotAuthorized", "OptInRequired", "SubscriptionRequiredException"}
_UNSUPPORTED = {"EngineNotSupportedException", "LanguageNotSupportedException"}
_REMEDIES = {
    Fault.CREDENTIALS: "set valid credentials, or give the task a role",
    Fault.REGION: "set AWS_REGION to a region that has Amazon Polly",
    Fault.DENIED: "allow polly:SynthesizeSpeech and polly:DescribeVoices to the role",
}


class Unsupported(Exception):  # noqa: N818 - a fact about the region, not a fault
    """This voice does not speak on this engine, or in this language, here."""


def translated(error: Exception) -> Exception:
    """An error of botocore as one of ours. What Polly finds wrong with our text or our options is a bug."""
    code, said, fault = code_of(error), message_of(error), fault_of(error)
    if fault is Fault.PASSING:
        return RetryableError(f"Amazon Polly is busy or away: {said or code}")
    if fault in _REMEDIES or code in _ACCESS:
        return OperatorError(f"Amazon Polly refuses us ({said}): {_REMEDIES.get(fault, _REMEDIES[Fault.DENIED])}")
    # That a voice does not speak on an engine comes as a ValidationException too.
    if code in _UNSUPPORTED or (code == "ValidationException" and ("engine" in said or "voice" in said.lower())):
        return Unsupported(f"{code}: {said}")
    return RuntimeError(f"Amazon Polly does not take what we sent: {code}: {said}")
