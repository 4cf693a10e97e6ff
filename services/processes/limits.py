"""What a child process may use."""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_AUTOGROUP = Path("/proc/self/autogroup")


class Limits(NamedTuple):
    """Bounds of one child. `wall` is seconds for one call; bytes for `memory` (address space) and `file_size`.

    `cpu` is seconds of processor time over the child's whole life, so it is for children that serve one call.
    None leaves a bound as the system has it. `nice` lowers the priority, so that the event loop's process goes first.
    """

    wall: float
    memory: int | None = None
    cpu: int | None = None
    file_size: int | None = None
    nice: int = 10

    def apply(self) -> None:
        """Bind this process; called by the child before it imports what it runs."""
        for what, bound in (
            (resource.RLIMIT_AS, self.memory),
            (resource.RLIMIT_CPU, self.cpu),
            (resource.RLIMIT_FSIZE, self.file_size),
            (resource.RLIMIT_CORE, 0),
        ):
            if bound is not None:
                hard = resource.getrlimit(what)[1]
                soft = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
                resource.setrlimit(what, (soft, soft))
        os.nice(self.nice)
        # Where Linux shares the processor among sessions, and a child is one of its own, only this makes it yield.
        with suppress(OSError):
            _AUTOGROUP.write_text(str(self.nice))
