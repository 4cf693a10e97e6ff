"""What a person is told about captions that cannot be read: one sentence each, with a way forward."""

from __future__ import annotations

from services.vocabulary.errors import UserError

_WAY = "please attach a .vtt, .srt or .txt transcript, or the recording itself."


def unreadable(what: str) -> UserError:
    """The bytes are not what they are said to be; `what` names it, such as 'WebVTT'."""
    return UserError(f"This transcript is not {what} that I can read: {_WAY}")


def empty() -> UserError:
    """There are no bytes."""
    return UserError(f"This transcript is empty: {_WAY}")


def too_large(most_bytes: int) -> UserError:
    """More bytes than are taken."""
    return UserError(f"This transcript is larger than {most_bytes // 1_000_000} MB, the most that I read: {_WAY}")


def too_long() -> UserError:
    """More cues or words than days of speech have."""
    return UserError(f"This transcript holds more text than a day of speech: {_WAY}")
