"""Any common audio or video in, sound ready for recognition out; the parsing is done by a limited child."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from services.media import complaints
from services.media.names import display_name
from services.media.sound import RATE, SAMPLE_BYTES
from services.processes import ChildDied, ChildTimeout, Forks, Limits
from services.vocabulary.errors import UserError
from services.vocabulary.media import Audio

LONGEST = 8 * 3600.0
"""Seconds of sound that are taken unless another bound is given."""

_ENTRY = "services.media.decode_job:serve"
_MEMORY = 2 << 30
# An hour of AAC takes about 15 s of processor time; hostile files are allowed eight times that, and no more.
_CPU_BASE, _CPU_PER_SECOND = 30, 1 / 30
# The child yields to everything else on the machine, so the wall clock is generous.
_WALL_BASE, _WALL_PER_CPU = 60, 6
# The thinnest sound there is, silence in FLAC, has about 100 bytes a second.
_LEAST_BYTES_PER_SECOND = 100


@asynccontextmanager
async def open_decoder() -> AsyncIterator[Decoder]:
    """A decoder, whose processes end on leaving."""
    decoder = Decoder()
    try:
        yield decoder
    finally:
        await decoder.close()


class Decoder:
    """Decodes files, each in a limited child of its own; opened by `open_decoder`."""

    def __init__(self) -> None:
        self._forks = Forks(_ENTRY, environment={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"})

    async def decode(
        self,
        path: Path,
        out: Path,
        *,
        name: str,
        max_seconds: float = LONGEST,
        on_progress: Callable[[float | None], None] = lambda _: None,
    ) -> Audio:
        """Decode the sound of the file `path` into `out`, which is replaced.

        The content decides, never the file's name: `name` is only what people call it. Of several audio tracks the
        main one is taken; channels are mixed so that none is lost. `on_progress` hears the fraction that is done.

        Raises UserError, with one clear sentence, for a file that is empty, no recording, cut off beyond use,
        protected, without sound, longer than `max_seconds`, too damaged, or built to harm; `out` is then gone.
        """
        called = display_name(name)
        source, target = await asyncio.gather(asyncio.to_thread(path.resolve), asyncio.to_thread(out.resolve))
        size = (await asyncio.to_thread(source.stat)).st_size
        if not size:
            raise UserError(complaints.empty(called))
        request = {"source": str(source), "target": str(target), "name": called, "max_seconds": max_seconds}
        try:
            found = await self._run(request, _limits(size, max_seconds), on_progress)
        except BaseException:
            await asyncio.to_thread(target.unlink, missing_ok=True)
            raise
        return Audio(path=str(out), **found)

    async def _run(
        self, request: dict[str, Any], limits: Limits, on_progress: Callable[[float | None], None]
    ) -> dict[str, Any]:
        try:
            return await self._forks.run(request, limits, lambda state: on_progress(state["fraction"]))
        except ChildTimeout:
            raise UserError(complaints.too_slow(request["name"])) from None
        except ChildDied as error:
            raise UserError(complaints.crashes(request["name"])) from error

    async def close(self) -> None:
        """End its processes."""
        await self._forks.close()


def _limits(size: int, max_seconds: float) -> Limits:
    """Bounds by the longest sound that so many bytes can hold, and by what may be written of it."""
    possible = min(max_seconds, size / _LEAST_BYTES_PER_SECOND)
    cpu = _CPU_BASE + int(possible * _CPU_PER_SECOND) + size // (20 << 20)
    return Limits(
        wall=_WALL_BASE + _WALL_PER_CPU * cpu,
        cpu=cpu,
        memory=_MEMORY,
        file_size=int((max_seconds + 60) * RATE * SAMPLE_BYTES),
    )
