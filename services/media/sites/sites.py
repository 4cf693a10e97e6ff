"""The parent's side: one child for each look and each fetch, in a folder of its own, out through the gate only."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog

from services.media.sites.found import CaptionFile, Found
from services.media.sites.reasons import Reason, refusal
from services.processes import ChildBug, ChildDied, ChildTimeout, Limits, run_once
from services.storage.scratch import Scratch
from services.vocabulary.base import Value
from services.vocabulary.source import Publication

if TYPE_CHECKING:  # the child imports this package too, and must not load a web client for it
    from services.media.egress.gate import Gate
    from services.media.egress.tickets import Ticket

_log = structlog.get_logger(__name__)
_ENTRY = "services.media.sites.job:serve"
_PAGES = 64 << 20
_CA_NAMES = ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")


class Release(Value):
    """The yt-dlp that is used: version, days since it came out, solver scripts, JavaScript runtime, impersonation."""

    yt_dlp: str
    age_days: int | None = None
    solver: str | None = None
    runtime: str | None = None
    impersonation: str | None = None


class Sites:
    """Recordings on sites that yt-dlp knows, and on pages that hold one.

    `cookies` is a file in Netscape's format, never written to. `extra_path` is a folder in which an operator keeps a
    newer yt-dlp (`pip install --target FOLDER yt-dlp yt-dlp-ejs`); it goes before the installed one. `ca_bundle` is
    trusted instead of the usual authorities. `probe_seconds` and `audio_seconds` bound one child's life.
    """

    def __init__(
        self,
        gate: Gate,
        scratch: Scratch,
        *,
        cookies: Path | None = None,
        extra_path: Path | None = None,
        ca_bundle: Path | None = None,
        probe_seconds: float = 60,
        audio_seconds: float = 1800,
    ) -> None:
        self._gate = gate
        self._scratch = scratch
        self._cookies = cookies
        self._extra_path = extra_path
        self._ca_bundle = ca_bundle
        self._probe_seconds = probe_seconds
        self._audio_seconds = audio_seconds

    async def probe(
        self, url: str, *, language: str | None, on_publication: Callable[[Publication], None] = lambda _: None
    ) -> Found:
        """One look at the http(s) address: what the publisher says, and the best captions fetched.

        `language` is the one asked for, ISO 639-1. `on_publication` hears the first part while captions load. Raises
        Refused or Unavailable (with `.reason`), each with its own sentence, and OperatorError where yt-dlp is missing.
        """

        def heard(state: dict[str, Any]) -> None:
            on_publication(Publication.model_validate(state["publication"]))

        async with self._scratch.folder() as folder:
            request = {"do": "probe", "url": url, "language": language}
            limits = Limits(wall=self._probe_seconds, cpu=round(self._probe_seconds), file_size=_PAGES)
            result = await self._run(request, folder, limits, _PAGES, heard)
        captions = tuple(CaptionFile.model_validate(caption) for caption in result.pop("captions"))
        return Found(url=url, captions=captions, **result)

    async def audio(
        self, found: Found, folder: Path, *, limit: int, on_progress: Callable[[float | None], None] = lambda _: None
    ) -> Path:
        """The smallest adequate sound of the recording, as a file in `folder`; at most `limit` bytes.

        `on_progress` hears the fraction that is done, None while the whole is not known. Raises as `probe` does.
        """
        async with self._scratch.folder() as room:
            request = {"do": "audio", "url": found.url, "fetch": found.fetch, "limit": limit}
            limits = Limits(wall=self._audio_seconds, cpu=round(self._audio_seconds), file_size=limit + (1 << 20))
            heard = lambda state: on_progress(state["fraction"])  # noqa: E731 - shorter than its own name
            result = await self._run(request, room, limits, limit + _PAGES, heard)
            target = folder / str(result["file"])
            await asyncio.to_thread(shutil.move, room / result["file"], target)
        return target

    async def entries(self, url: str, first: int) -> list[str]:
        """The addresses of the first recordings of a playlist or channel, at most `first`. Raises as `probe` does."""
        async with self._scratch.folder() as folder:
            request = {"do": "list", "url": url, "first": first}
            limits = Limits(wall=self._probe_seconds, cpu=round(self._probe_seconds), file_size=_PAGES)
            result = await self._run(request, folder, limits, _PAGES, lambda _: None)
        return [str(address) for address in result["urls"]]

    async def version(self) -> Release:
        """What is installed, for the operator's check. Raises OperatorError where yt-dlp cannot be loaded."""
        async with self._scratch.folder() as folder:
            limits = Limits(wall=60, cpu=60)
            result = await run_once(_ENTRY, {"do": "version"}, limits, environment=self._environment(folder))
        return Release.model_validate(result)

    async def _run(
        self,
        request: dict[str, Any],
        folder: Path,
        limits: Limits,
        budget: int,
        heard: Callable[[dict[str, Any]], None],
    ) -> dict[str, Any]:
        url = request["url"]
        if urlsplit(url).scheme not in ("http", "https"):
            raise refusal(Reason.FORBIDDEN, url)
        request |= {"folder": str(await asyncio.to_thread(folder.resolve)), "cookies": await self._copied(folder)}
        async with self._gate.ticket(limit=budget, job=urlsplit(url).hostname or "") as ticket:
            request["proxy"] = ticket.proxy_url
            try:
                environment = self._environment(folder)
                result = await run_once(_ENTRY, request, limits, on_progress=heard, environment=environment)
            except ChildTimeout:
                result = {"refused": Reason.TOO_SLOW, "said": ["wall clock"]}
            except (ChildDied, ChildBug) as error:
                result = {"refused": Reason.BROKEN, "said": [str(error)[-2000:]]}
            if "refused" in result:
                raise self._error(result, url, ticket)
        return result

    def _error(self, result: dict[str, Any], url: str, ticket: Ticket) -> Exception:
        reason = Reason(result["refused"])
        if ticket.spent:
            reason = Reason.TOO_LARGE
        elif ticket.refused and reason in (Reason.BROKEN, Reason.UNREACHABLE, Reason.UNSUPPORTED, Reason.NO_SOUND):
            reason = Reason.FORBIDDEN
        _log.info("a site gave no recording", url=url, reason=reason, said=result["said"], gate=ticket.refused)
        return refusal(reason, url, starts=result.get("starts"))

    async def _copied(self, folder: Path) -> str | None:
        """A copy of the cookies, because yt-dlp writes to its file."""
        if self._cookies is None:
            return None
        copy = folder / "cookies.txt"
        await asyncio.to_thread(shutil.copyfile, self._cookies, copy)
        return str(copy)

    def _environment(self, folder: Path) -> dict[str, str]:
        home = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "DENO_DIR"), str(folder))
        trusted = dict.fromkeys(_CA_NAMES, str(self._ca_bundle)) if self._ca_bundle else {}
        path = {"PYTHONPATH": str(self._extra_path)} if self._extra_path else {}
        return {**home, **trusted, **path, "YTDLP_NO_PLUGINS": "1"}
