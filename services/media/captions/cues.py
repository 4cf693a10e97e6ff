"""What a caption says, once what only decorates it is gone."""

from __future__ import annotations

from services.vocabulary.base import Value
from services.vocabulary.transcript import Word


class Cue(Value):
    """Words of one voice that a caption shows from `start` to `end`, in seconds.

    `speaker` is the name that the captions give, None where they give none. `turn` says that a mark ('>>', a dash)
    begins another voice here. `words` hold times where the format has times of words. Where `timed` is False the
    format has no times at all here: `start` and `end` are 0 and say nothing.
    """

    start: float
    end: float
    text: str
    speaker: str | None = None
    words: tuple[Word, ...] = ()
    turn: bool = False
    timed: bool = True
