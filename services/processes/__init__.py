"""Child processes with limits: for hostile input (`Forks`, and `run_once` where it is rare) and heavy models (`Pool`).

The event loop never runs a parser of strangers' bytes nor a model: it talks to children over pipes.
"""

from services.processes.exchange import ChildBug, ChildDied, ChildTimeout
from services.processes.forks import Forks
from services.processes.limits import Limits
from services.processes.pool import Pool
from services.processes.worker import Worker, run_once

__all__ = ["ChildBug", "ChildDied", "ChildTimeout", "Forks", "Limits", "Pool", "Worker", "run_once"]
