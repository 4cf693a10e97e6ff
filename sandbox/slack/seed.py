"""Workspaces as they are on their first day. Ids and tokens are constants, so that they survive a restart."""

from __future__ import annotations

from dataclasses import replace

from sandbox.slack.apps import App
from sandbox.slack.model import Channel, Team, User
from sandbox.slack.workspace import Workspace

FIRST_TEAM = "T0SANDBOX01"
FIRST_APP = "A0EARSHOT01"
SLACKBOT_ID = "USLACKBOT"
_FIRST_DAY = 1_795_219_200

_PEOPLE = (
    User("U0ADA000001", "ada", "Ada Lovelace", "xoxp-ada", "9f69e7", "Europe/London"),
    User("U0GRACE0001", "grace", "Grace Hopper", "xoxp-grace", "e7392d", "America/New_York", -18_000, locale="en-US"),
    User("U0ALAN00001", "alan", "Alan Turing", "xoxp-alan", "3c989f", "Europe/London"),
    User(
        "U0KATHERINE",
        "katherine",
        "Katherine Johnson",
        "xoxp-katherine",
        "d58247",
        "America/New_York",
        -18_000,
        locale="en-US",
    ),
)


def id_in(first: str, number: int) -> str:
    """Return the id that belongs in workspace `number` to what has the id `first` in the first one."""
    return first if number == 1 else f"{first[:-2]}{number:02d}"


def token_in(first: str, number: int) -> str:
    """Return the token of workspace `number` for what has the token `first` in the first one."""
    return first if number == 1 else f"{first}-{number}"


def bot_of(app: App, number: int, bot_token: str) -> User:
    """Return an app's bot user in workspace `number`."""
    name = app.manifest.bot_name
    first = app.number == 1
    return User(
        id_in("U0EARSHOT01" if first else f"U0APP{app.number:03d}B01", number),
        name.lower().replace(" ", "_"),
        name,
        token_in(bot_token if first else f"{bot_token}-app{app.number}", number),
        "2b6cb0",
        bot_id=id_in("B0EARSHOT01" if first else f"B0APP{app.number:03d}B01", number),
        app_id=app.id,
        is_bot=True,
    )


def first_day(team: Team, number: int, bot: User) -> Workspace:
    """Return a new workspace: four people and their channels, in which no app is installed yet.

    `general` (everybody) comes first, then `research` (three people), `random` (everybody) and the private channel
    `plans` (two people). `bot` is the first app's.
    """
    people = [
        replace(
            user,
            id=id_in(user.id, number),
            token=token_in(user.token, number),
            email=f"{user.name}@{team.domain}.example",
        )
        for user in _PEOPLE
    ]
    slackbot = User(SLACKBOT_ID, "slackbot", "Slackbot", color="757575", is_bot=True)
    workspace = Workspace(team, [*people, slackbot], bot)
    everybody = [person.id for person in people]
    for channel in (
        _channel("C0GENERAL01", "general", everybody, "Everything that concerns everybody"),
        _channel("C0RESEARCH1", "research", everybody[:3], "Talks, papers, recordings"),
        _channel("C0RANDOM001", "random", everybody, "Whatever does not fit elsewhere"),
        _channel("C0PLANS0001", "plans", everybody[:2], "Not for everybody yet", private=True),
    ):
        workspace.load(replace(channel, id=id_in(channel.id, number)))
    return workspace


def _channel(id_: str, name: str, members: list[str], purpose: str, *, private: bool = False) -> Channel:
    return Channel(
        id=id_,
        name=name,
        kind="private" if private else "channel",
        members=list(members),
        created=_FIRST_DAY,
        creator=members[0],
        purpose=purpose,
        is_general=name == "general",
    )
