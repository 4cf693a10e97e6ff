"""From a link to words or sound, by the fastest honest way.

The rungs, best first: captions by people, automatic captions in the spoken language, a publisher's transcript, the
sound itself. A rung that is left says why. Where no rung holds, the error's sentence tells the person what would.
"""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from services.media.captions import complaint, parse, transcript_of
from services.media.egress import Web
from services.media.links import ListLink, identify
from services.media.playback import playback_of
from services.media.podcasts import Episode, Podcasts, TranscriptFile, chapters, title_from
from services.media.podcasts.media_types import STREAMS, is_recording
from services.media.sites import Found, Reason, Refused, Sites, Unavailable
from services.media.sites.found import CaptionFile
from services.vocabulary.base import Value
from services.vocabulary.errors import EarshotError, LaterError, UserError
from services.vocabulary.source import Link, Playback, Publication
from services.vocabulary.transcript import Transcript

_log = structlog.get_logger(__name__)

_LATER = {
    Reason.BLOCKED,
    Reason.BUSY,
    Reason.LIVE,
    Reason.ENDED,
    Reason.UPCOMING,
    Reason.UNREACHABLE,
    Reason.TOO_SLOW,
}
_STREAMS = (".m3u8", ".mpd")
_SITES = ("youtube:", "vimeo:", "loom:", "soundcloud:")
_NAMES = {
    "captions:human": "its captions",
    "captions:auto": "its automatic captions",
    "transcript:publisher": "the words of its transcript",
}
_TRANSCRIPT_BYTES = 20 << 20
_CHAPTER_BYTES = 2 << 20
_TRANSCRIPTS = 3
_DOWNLOAD_SECONDS = 1800.0


class Source(Value):
    """What a link led to: its words in `transcript`, or its sound in the file `path`.

    `link` is the link that was followed in the end, another than was asked for where a page embeds a site's player.
    `mimetype` is what a player is told of the file, and `playback` where a browser can play a recording whose words
    came from its publisher. `left` says why each better rung was left, in clauses for people.
    """

    link: Link
    publication: Publication | None = None
    transcript: Transcript | None = None
    path: Path | None = None
    mimetype: str = "application/octet-stream"
    playback: Playback | None = None
    left: tuple[str, ...] = ()


class Climb(Value):
    """One try: the folder for files, the language asked for (ISO 639-1), and who hears how it goes.

    `on_publication` hears what the publisher says as soon as it is known, `on_progress` the fraction of a download.
    """

    folder: Path
    language: str | None
    on_publication: Callable[[Publication], None]
    on_progress: Callable[[float | None], None]


class Ladder:
    """Follows links. At most `max_bytes` of sound are fetched, and none of a recording longer than `max_seconds`.

    Raises UserError, with one sentence and a way forward, for what only the person can mend, LaterError where waiting
    may help, RetryableError for a server that does not answer, OperatorError for a setting.
    """

    def __init__(self, web: Web, sites: Sites, podcasts: Podcasts, *, max_bytes: int, max_seconds: float) -> None:
        self._web = web
        self._sites = sites
        self._podcasts = podcasts
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds

    async def climb(self, link: Link, climb: Climb) -> Source:
        """The words of the recording, or else its sound."""
        try:
            return await self._climb(link, climb)
        except (Refused, Unavailable) as error:
            raise _translated(error) from error

    async def entries(self, listing: ListLink, first: int) -> list[Link]:
        """The first recordings of a playlist or channel; a feed and a show are followed to their newest episode."""
        if not listing.identity.startswith("youtube-"):
            return [identify(listing.url)]
        try:
            urls = await self._sites.entries(listing.url, first)
        except (Refused, Unavailable) as error:
            raise _translated(error) from error
        return [identify(url) for url in urls]

    async def _climb(self, link: Link, climb: Climb) -> Source:
        if link.identity.startswith(_SITES) or _is_stream(link.url):
            return await self._site(link, climb)
        if is_recording(None, link.url):
            return await self._sound(link, Publication(title=title_from(link.url, {})), climb)
        episode = await self._podcasts.find(link)
        if episode is None:
            return await self._site(link, climb)
        if episode.embedded:
            return await self._site(identify(episode.embedded), climb)
        return await self._episode(link, episode, climb)

    async def _site(self, link: Link, climb: Climb) -> Source:
        found = await self._sites.probe(link.url, language=climb.language, on_publication=climb.on_publication)
        climb.on_publication(found.publication)
        left: list[str] = []
        for caption in found.captions:
            read = await asyncio.to_thread(_read_caption, caption, found)
            if isinstance(read, Transcript):
                return Source(link=link, publication=found.publication, transcript=read, left=tuple(left))
            left.append(read)
        left += [found.why_no_captions] if found.why_no_captions else []
        self._check_length(found.publication)
        path = await self._sites.audio(found, climb.folder, limit=self._max_bytes, on_progress=climb.on_progress)
        return Source(
            link=link,
            publication=found.publication,
            path=path,
            mimetype=_type_of(None, path.name),
            left=tuple(left),
        )

    async def _episode(self, link: Link, episode: Episode, climb: Climb) -> Source:
        publication = await self._with_chapters(episode)
        climb.on_publication(publication)
        left: list[str] = []
        for file in _useful(episode.transcripts, publication.language):
            read = await self._publisher_transcript(file, publication)
            if isinstance(read, Transcript):
                playback = await playback_of(self._web, episode.enclosure) if episode.enclosure else None
                return Source(link=link, publication=publication, transcript=read, playback=playback, left=tuple(left))
            left.append(read)
        self._check_length(publication)
        if episode.enclosure is None:
            raise UserError("That page names no recording that I can open: paste the link of the recording itself.")
        sound = identify(episode.enclosure.url)
        if episode.enclosure.type in STREAMS or _is_stream(sound.url):
            return (await self._site(sound, climb)).model_copy(update={"link": link, "publication": publication})
        source = await self._sound(sound, publication, climb)
        return source.model_copy(update={"link": link, "left": tuple(left)})

    async def _sound(self, link: Link, publication: Publication, climb: Climb) -> Source:
        """The recording at its own address."""
        path = climb.folder / "recording"
        saved = await self._web.save(
            link.url, path, limit=self._max_bytes, seconds=_DOWNLOAD_SECONDS, on_progress=climb.on_progress
        )
        kind = _type_of(saved.content_type, urlsplit(link.url).path)
        return Source(link=link, publication=publication, path=path, mimetype=kind)

    async def _with_chapters(self, episode: Episode) -> Publication:
        """What the publisher says, with the chapters that stand in a file of their own."""
        publication = episode.publication
        if episode.chapters_url is None or publication.chapters:
            return publication
        try:
            page = await self._web.read(episode.chapters_url, limit=_CHAPTER_BYTES)
            return publication.model_copy(update={"chapters": await asyncio.to_thread(chapters, page.body)})
        except EarshotError as error:
            _log.info("a publisher's chapters cannot be read", reason=str(error))
            return publication

    async def _publisher_transcript(self, file: TranscriptFile, publication: Publication) -> Transcript | str:
        try:
            page = await self._web.read(file.url, limit=_TRANSCRIPT_BYTES)
        except EarshotError as error:
            _log.info("a publisher's transcript cannot be fetched", reason=str(error))
            return "its publisher's transcript cannot be fetched"
        language = file.language or publication.language or ""
        return await asyncio.to_thread(
            _read, page.body, file.kind, language, publication, engine="transcript:publisher"
        )

    def _check_length(self, publication: Publication) -> None:
        if publication.duration and publication.duration > self._max_seconds:
            hours, most = publication.duration / 3600, self._max_seconds / 3600
            raise UserError(
                f"That recording is {hours:.1f} hours long, and I listen to {most:.0f} at most: share a part of it, "
                "or attach its .vtt here and I'll finish."
            )


def _translated(error: Refused | Unavailable) -> UserError:
    """Of our own tree, because that is all that survives the engine's database."""
    return (LaterError if error.reason in _LATER else UserError)(str(error))


def _is_stream(url: str) -> bool:
    """Whether the address is a list of pieces, which yt-dlp puts together."""
    return urlsplit(url).path.lower().endswith(_STREAMS)


def _type_of(declared: str | None, name: str) -> str:
    """What a player is told: the declared type, or else that of the name, if it is sound or video."""
    kinds = (declared or "", mimetypes.guess_type(name)[0] or "")
    return next((kind for kind in kinds if kind.startswith(("audio/", "video/"))), "application/octet-stream")


def _useful(files: Sequence[TranscriptFile], spoken: str | None) -> list[TranscriptFile]:
    """Those in the spoken language, where it is known: a translation is not what was said."""
    return [file for file in files if not (spoken and file.language and file.language != spoken)][:_TRANSCRIPTS]


def _read_caption(caption: CaptionFile, found: Found) -> Transcript | str:
    engine = f"captions:{'auto' if caption.automatic else 'human'}"
    return _read(caption.body.encode(), caption.kind, caption.language, found.publication, engine=engine)


def _read(body: bytes, kind: str, language: str, publication: Publication, *, engine: str) -> Transcript | str:
    """The transcript, or why it will not do."""
    try:
        cues = parse(body, kind)
    except UserError as error:
        _log.info("captions cannot be read", kind=kind, reason=str(error))
        return f"{_NAMES[engine]} cannot be read"
    if reason := complaint(cues, duration=publication.duration, automatic=engine == "captions:auto"):
        return f"{_NAMES[engine]} {reason}"
    return transcript_of(cues, language=language, duration=publication.duration, engine=engine)
