"""Writers of one SQLite file take turns.

SQLite has one writer at a time. Who finds it busy sleeps and looks again, up to a tenth of a second later, and loses to
whoever came meanwhile; with a recap in each of many threads some waited for a second. A lock wakes the next at once.
"""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import Connection, Engine, event

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def take_turns(engine: Engine) -> None:
    """Let a transaction on the engine begin to write when no other one of this process writes."""
    turn = threading.Lock()

    def begin(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:  # noqa: ANN401 - a driver's own objects
        writes = statement.lstrip()[:7].upper().startswith(_WRITES)
        if writes and turn not in connection.info:
            turn.acquire()
            connection.info[turn] = True

    # The event of a commit comes right before it; for that moment there is SQLite's own lock.
    def end(connection: Connection) -> None:
        if connection.info.pop(turn, False):
            turn.release()

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "commit", end)
    event.listen(engine, "rollback", end)
