"""Child processes with limits: for hostile input (`run_once`) and for heavy models (`Pool`).

The event loop never runs a parser of strangers' bytes nor a model: it talks to children over pipes.
"""

from services.processes.limits import Limits
from services.processes.pool import Pool
from services.processes.worker import ChildBug, ChildDied, ChildTimeout, Worker, run_once

__all__ = ["ChildBug", "ChildDied", "ChildTimeout", "Limits", "Pool", "Worker", "run_once"]
