"""What tests control: faults, disconnects, the clock, the journal."""

from __future__ import annotations

from sandbox.slack.acts import Act
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.local_slack import LocalSlack
from sandbox.slack.socket_mode import MOST_CONNECTIONS

_LONGEST_STEP_SECONDS = 366 * 86_400
_REASONS = frozenset({"refresh_requested", "warning", "link_disabled"})


async def disconnect(slack: LocalSlack, args: Arguments) -> JSON:
    """Ask an app to reconnect, or (`hard`) cut its sockets; `most` of them, all by default."""
    reason = args.text("reason") or "refresh_requested"
    if reason not in _REASONS:
        raise SlackError("invalid_arguments")
    app = slack.directory.seat(app=args.text("app")).app
    most = args.number("most", MOST_CONNECTIONS)
    return {"connections": await app.socket_mode.disconnect(reason, hard=args.flag("hard"), most=most)}


async def add_fault(slack: LocalSlack, args: Arguments) -> JSON:
    """Add a fault, or forget all of them."""
    if args.flag("reset"):
        slack.faults.reset()
    else:
        slack.faults.add(args.values)
    return {"faults": slack.faults.to_json()}


async def list_faults(slack: LocalSlack, _args: Arguments) -> JSON:
    """List the faults that wait to happen."""
    return {"faults": slack.faults.to_json()}


async def reset_faults(slack: LocalSlack, _args: Arguments) -> JSON:
    """Forget all faults."""
    slack.faults.reset()
    return {"faults": []}


async def journal(slack: LocalSlack, args: Arguments) -> JSON:
    """Return what the app called and was sent."""
    return slack.journal.to_json(args.text("method"), args.seconds("since"), args.text("team"))


async def forget(slack: LocalSlack, _args: Arguments) -> JSON:
    """Forget the journal and all faults, and let the app call as if it had not called before."""
    slack.journal.reset()
    slack.faults.reset()
    for seat in slack.directory.seats():
        seat.limits.reset()
    return {}


async def show_clock(slack: LocalSlack, _args: Arguments) -> JSON:
    """Say what time it is here."""
    return {"now": slack.clock.now()}


async def move_clock(slack: LocalSlack, args: Arguments) -> JSON:
    """Move time forward."""
    seconds = args.seconds("advance")
    if not 0 < seconds < _LONGEST_STEP_SECONDS:
        raise SlackError("invalid_arguments")
    slack.clock.advance(seconds)
    return {"now": slack.clock.now()}


CONTROLS: dict[tuple[str, str], Act] = {
    ("POST", "disconnect"): disconnect,
    ("POST", "faults"): add_fault,
    ("GET", "faults"): list_faults,
    ("DELETE", "faults"): reset_faults,
    ("GET", "journal"): journal,
    ("POST", "reset"): forget,
    ("GET", "clock"): show_clock,
    ("POST", "clock"): move_clock,
}
