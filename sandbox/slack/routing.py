"""Which app is meant by what a person does."""

from __future__ import annotations

from sandbox.slack.errors import SlackError
from sandbox.slack.local_slack import LocalSlack


def installed(slack: LocalSlack) -> list[LocalSlack]:
    """Return the seats of the apps that are installed in the workspace; raises `app_not_installed` without any."""
    seats = [seat for seat in slack.directory.seats(team=slack.workspace.team.id) if seat.installation.active]
    if not seats:
        raise SlackError("app_not_installed")
    return seats


def app_seat(slack: LocalSlack, app_id: str | None) -> LocalSlack:
    """Return the seat of that app, or of the first that is installed; raises `app_not_installed`."""
    for seat in installed(slack):
        if app_id in {None, seat.app.id}:
            return seat
    raise SlackError("app_not_installed")


def command_seat(slack: LocalSlack, name: str) -> LocalSlack:
    """Return the seat of the app that has a slash command; raises `invalid_command` or `app_not_installed`."""
    found = [seat for seat in installed(slack) if seat.manifest.command(name) is not None]
    if not found:
        raise SlackError("invalid_command")
    return _first_by_name(found)


def shortcut_seat(slack: LocalSlack, callback_id: str, kind: str) -> LocalSlack:
    """Return the seat of the app that has a shortcut; raises `shortcut_not_found` or `app_not_installed`."""
    found = [seat for seat in installed(slack) if seat.manifest.shortcut(callback_id, kind) is not None]
    if not found:
        raise SlackError("shortcut_not_found")
    return _first_by_name(found)


def _first_by_name(seats: list[LocalSlack]) -> LocalSlack:
    """Prefer an app whose manifest names it to one without a manifest, to which everything belongs."""
    return next((seat for seat in seats if seat.manifest.commands is not None), seats[0])
