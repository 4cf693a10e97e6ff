"""The wanted episode of a feed, out of bytes that may be anything."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterable
from datetime import datetime

from services.media.podcasts.encodings import encoding_of, pieces
from services.media.podcasts.entries import ENCLOSURE, enclosure, episode_of, likeness, when
from services.media.podcasts.episode import Episode, Wanted
from services.media.podcasts.feed_xml import Damaged, Forbidden, Raw, read
from services.vocabulary.errors import UserError

_WAY_OUT = "Paste the address of the recording itself, or attach the file."
_FORBIDDEN = f"That feed declares its own document type or entities, which is not accepted. {_WAY_OUT}"
_DAMAGED = f"That feed cannot be read: it is not well-formed XML. {_WAY_OUT}"
_EMPTY = f"That feed has no episode with a recording. {_WAY_OUT}"

_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([a-zA-Z0-9]{2,31});)?")
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_NOT_XML = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


class _Choice:
    """Keeps the best entry of those that go by: the surest, of equally sure ones the newest, else the first."""

    def __init__(self, wanted: Wanted, base: str) -> None:
        self.head = Raw()
        self.best: Raw | None = None
        self._wanted = wanted
        self._any = wanted == Wanted()
        self._base = base
        self._sure = 0
        self._time: datetime | None = None

    @property
    def decided(self) -> bool:
        """Whether no other entry can be meant."""
        return self._sure >= ENCLOSURE

    def take(self, entry: Raw) -> bool:
        """Hear of one entry; the answer is `decided`."""
        sure = 0 if self._any else likeness(entry, self._wanted, self._base)
        possible = (sure or self._any) and sure >= self._sure
        if possible and enclosure(entry, self._base):
            time = when(entry)
            newer = time is not None and (self._time is None or time > self._time)
            if self.best is None or sure > self._sure or newer:
                self.best, self._sure, self._time = entry, sure, time
        return self.decided

    def set_head(self, head: Raw) -> None:
        """Hear of the feed's head, as far as it was read."""
        self.head = head


def find(body: bytes, *, charset: str | None, base: str, wanted: Wanted) -> Episode | None:
    """The wanted episode of the feed, with an empty `wanted` the newest; None where the wanted one is not in it.

    A feed with the commonest faults (bare ampersands, HTML's entities, control characters) is mended and read again;
    beyond that, what stands before the fault counts. Raises UserError for a feed that cannot be read, that is refused,
    or that has no recordings.
    """
    encoding = encoding_of(body, charset)
    choice, whole = _chosen(pieces(body, encoding), wanted, base)
    if not whole and not choice.decided:
        choice, whole = _chosen([mended("".join(pieces(body, encoding)))], wanted, base)
    if choice.best is not None:
        return episode_of(choice.head, choice.best, base)
    if not whole:
        raise UserError(_DAMAGED)
    if wanted == Wanted():
        raise UserError(_EMPTY)
    return None


def _chosen(text: Iterable[str], wanted: Wanted, base: str) -> tuple[_Choice, bool]:
    """The choice, and whether the document was sound as far as it had to be read."""
    choice = _Choice(wanted, base)
    try:
        read(text, choice.take, choice.set_head)
    except Forbidden as error:
        raise UserError(_FORBIDDEN) from error
    except Damaged:
        return choice, False
    return choice, True


def mended(text: str) -> str:
    """The text with bare ampersands and control characters gone and HTML's entities written out, but for CDATA."""
    first, *others = text.translate(_NOT_XML).split(_OPEN)
    parts = [_AMPERSAND.sub(_written_out, first)]
    for other in others:
        data, close, rest = other.partition(_CLOSE)
        parts += [_OPEN, data, close, _AMPERSAND.sub(_written_out, rest)]
    return "".join(parts)


def _written_out(found: re.Match[str]) -> str:
    name = found[1]
    character = html.entities.html5.get(f"{name};") if name else None
    if character:
        return "".join(f"&#{ord(part)};" for part in character)
    return f"&amp;{name};" if name else "&amp;"
