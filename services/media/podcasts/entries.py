"""From a raw entry of a feed to an episode."""

from __future__ import annotations

from datetime import datetime

from services.media.captions import kind_of
from services.media.podcasts.addresses import absolute, folded, secure
from services.media.podcasts.chapters import simple_chapters
from services.media.podcasts.episode import Enclosure, Episode, TranscriptFile, Wanted
from services.media.podcasts.feed_xml import Raw
from services.media.podcasts.fields import day, duration, language, moment, one_line, size
from services.media.podcasts.media_types import bare, is_audio, is_recording
from services.vocabulary.source import Publication

GUID, ENCLOSURE, PAGE, TITLE = 4, 3, 2, 1
_DATES = ("pubDate", "published", "dc:date", "updated")
_MOST_TRANSCRIPTS = 20
# The best first: speakers and times, times, speakers in writing, bare words.
_USEFULNESS = ("podcast-json", "vtt", "srt", "ttml", "html", "txt")
TIMED = ("vtt", "srt", "ttml")
"""What players take as captions."""


def enclosure(entry: Raw, base: str) -> Enclosure | None:
    """The entry's recording: sound before video, the first of several; pictures and documents are none."""
    found: list[Enclosure] = []
    links = [link for link in entry.attributes("link") if link.get("rel") == "enclosure"]
    for attributes in [*entry.attributes("enclosure"), *links, *entry.attributes("media:content")]:
        url = absolute(attributes.get("url") or attributes.get("href"), base)
        claimed = attributes.get("type")
        if url and is_recording(claimed, url):
            length = size(attributes.get("length") or attributes.get("fileSize"))
            found.append(Enclosure(url=url, type=bare(claimed) or None, size=length))
    return next((one for one in found if is_audio(one.type, one.url)), found[0] if found else None)


def likeness(entry: Raw, wanted: Wanted, base: str) -> int:
    """How surely the entry is the wanted one: GUID, ENCLOSURE, PAGE or TITLE, 0 where nothing speaks for it."""
    guid = entry.text("guid", "id")
    if wanted.guid and guid == wanted.guid.strip():
        return GUID
    recording = enclosure(entry, base)
    if wanted.enclosure and recording and folded(recording.url) == folded(wanted.enclosure):
        return ENCLOSURE
    own = {folded(address) for address in (page(entry, base), guid) if address} - {None}
    if own & {folded(address) for address in wanted.pages}:
        return PAGE
    titles = {_folded_title(title) for title in (entry.text("title"), entry.text("itunes:title"))} - {None}
    return TITLE if titles & {_folded_title(title) for title in wanted.titles} else 0


def _folded_title(title: str | None) -> str | None:
    return "".join(filter(str.isalnum, (one_line(title) or "").casefold())) or None


def page(entry: Raw, base: str) -> str | None:
    """The entry's own page."""
    links = [link.get("href") for link in entry.attributes("link") if link.get("rel", "alternate") == "alternate"]
    return absolute(entry.text("link") or next(iter(links), None), base)


def when(entry: Raw) -> datetime | None:
    """When the entry was published."""
    return moment(entry.text(*_DATES))


def episode_of(head: Raw, entry: Raw, base: str) -> Episode:
    """All that the feed says about the entry; relative addresses are resolved against `base`."""
    spoken = language(entry.text("dc:language")) or language(head.text("language", "dc:language", "xml:lang"))
    show = one_line(head.text("title"))
    pictures = [*entry.attributes("itunes:image", "media:thumbnail"), *head.attributes("itunes:image")]
    addresses = [picture.get("href") or picture.get("url") for picture in pictures] + [head.text("image/url")]
    times = (duration(entry.text("itunes:duration")), *(duration(one.get("duration")) for one in _contents(entry)))
    publication = Publication(
        title=one_line(entry.text("title", "itunes:title")) or show or "Episode",
        author=show or one_line(head.text("itunes:author", "author/name")),
        duration=next(filter(None, times), None),
        language=spoken,
        thumbnail=next(filter(None, (secure(address, base) for address in addresses)), None),
        published=day(entry.text(*_DATES)),
        chapters=simple_chapters(entry.attributes("psc:chapter")),
    )
    listed = (absolute(file.get("url"), base) for file in entry.attributes("podcast:chapters"))
    return Episode(
        publication=publication,
        enclosure=enclosure(entry, base),
        transcripts=_transcripts(entry, base, spoken),
        chapters_url=next(filter(None, listed), None),
    )


def _contents(entry: Raw) -> list[dict[str, str]]:
    return [one for one in entry.attributes("media:content") if "duration" in one]


def _transcripts(entry: Raw, base: str, spoken: str | None) -> tuple[TranscriptFile, ...]:
    """The most useful first. A transcript without a language has the feed's, as the namespace says."""
    found: list[TranscriptFile] = []
    for file in entry.attributes("podcast:transcript")[:_MOST_TRANSCRIPTS]:
        url = absolute(file.get("url"), base)
        kind = kind_of(url or "", file.get("type"))
        if url and kind in _USEFULNESS:
            called = language(file.get("language")) or spoken
            found.append(TranscriptFile(url=url, kind=kind, language=called, captions=file.get("rel") == "captions"))
    return order(found, spoken)


def order(files: list[TranscriptFile], spoken: str | None) -> tuple[TranscriptFile, ...]:
    """The spoken language first, then by usefulness, then closed captions before others."""
    return tuple(
        sorted(
            files,
            key=lambda file: (file.language not in (spoken, None), _USEFULNESS.index(file.kind), not file.captions),
        )
    )
