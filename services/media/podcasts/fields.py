"""Single fields of feeds and pages, read in every form that publishers write them in."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_TITLE = 300
"""Characters of a title or a name at most."""

_LONGEST_RECORDING = 100 * 3600.0
_CLOCK = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,5}):)?(\d{1,7}(?:[.,]\d{1,20})?)", re.ASCII)
_ISO = re.compile(
    r"P(?:(\d{1,3})D)?T?(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d{1,20})?)S)?", re.ASCII | re.IGNORECASE
)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE | re.DOTALL)
_JOINERS = "\u200c\u200d"


def one_line(text: str | None, longest: int = LONGEST_TITLE) -> str | None:
    """The text on one line, without markup and without characters that hide or reorder; None where nothing is left."""
    if not text:
        return None
    plain = _TAGS.sub(" ", html.unescape(text[: 10 * longest]))
    shown = (character if _visible(character) else " " if character.isspace() else "" for character in plain)
    line = " ".join("".join(shown).split())
    return (line if len(line) <= longest else line[: longest - 1].rstrip() + "\u2026") or None


def _visible(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character)[0] not in "CZ"


def clock(text: object) -> float | None:
    """Seconds from 'SS', 'MM:SS', 'HH:MM:SS' with or without a fraction, ISO 8601 'PT1H2M3S', or a number.

    None for anything else, for less than zero and for more than a hundred hours.
    """
    written = str(text)[:40].strip()
    if found := _CLOCK.fullmatch(written):
        hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
        total = hours * 3600 + minutes * 60 + seconds
    elif (found := _ISO.fullmatch(written)) and any(found.groups()):
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
        total = days * 86400 + hours * 3600 + minutes * 60 + seconds
    else:
        return None
    return total if total <= _LONGEST_RECORDING else None


def duration(text: object) -> float | None:
    """As `clock`; nothing lasts no time at all, so 0 says that the publisher does not know."""
    return clock(text) or None


def language(text: str | None) -> str | None:
    """ISO 639-1 from 'en', 'en-US' or 'en_us'."""
    found = _LANGUAGE.fullmatch(text.strip()) if text else None
    return found[1].lower() if found else None


def size(text: str | None) -> int | None:
    """Bytes; None where the claim is no sensible number, as the 0 and 1 of many feeds."""
    found = re.fullmatch(r"\d{1,13}", (text or "").strip(), re.ASCII)
    return int(found[0]) if found and int(found[0]) > 1 else None


def moment(text: str | None) -> datetime | None:
    """A date of RSS (RFC 2822) or of Atom and pages (ISO 8601); UTC where no zone is given."""
    written = (text or "").strip()[:60]
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(written)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def day(text: str | None) -> str | None:
    """The day of such a date as its publisher counts days, YYYY-MM-DD."""
    found = moment(text)
    return found.date().isoformat() if found else None
