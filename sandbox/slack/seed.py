"""The workspace as it is on its first day. Ids and tokens are constants, so that they survive a restart."""

from __future__ import annotations

from sandbox.slack.manifest import Manifest
from sandbox.slack.model import Channel, Team, User
from sandbox.slack.workspace import Workspace

APP_ID = "A0EARSHOT01"
BOT_ID = "B0EARSHOT01"
BOT_USER_ID = "U0EARSHOT01"
SLACKBOT_ID = "USLACKBOT"
_FIRST_DAY = 1_795_219_200

_PEOPLE = (
    User("U0ADA000001", "ada", "Ada Lovelace", "xoxp-ada", "9f69e7", "Europe/London"),
    User("U0GRACE0001", "grace", "Grace Hopper", "xoxp-grace", "e7392d", "America/New_York", -18_000),
    User("U0ALAN00001", "alan", "Alan Turing", "xoxp-alan", "3c989f", "Europe/London"),
    User("U0KATHERINE", "katherine", "Katherine Johnson", "xoxp-katherine", "d58247", "America/New_York", -18_000),
)


def new_workspace(manifest: Manifest, bot_token: str) -> Workspace:
    """Return the first day: four people, the app's bot, and channels with and without the bot.

    `general` (everybody and the bot) comes first, then `research` (three people and the bot), `random`
    (everybody, no bot) and the private channel `plans` (two people, no bot).
    """
    bot = User(
        BOT_USER_ID,
        manifest.bot_name.lower().replace(" ", "_"),
        manifest.bot_name,
        bot_token,
        "2b6cb0",
        bot_id=BOT_ID,
        app_id=APP_ID,
        is_bot=True,
    )
    slackbot = User(SLACKBOT_ID, "slackbot", "Slackbot", color="757575", is_bot=True)
    workspace = Workspace(Team("T0SANDBOX01", "Sandbox", "sandbox"), [*_PEOPLE, bot, slackbot], bot)
    everybody = [person.id for person in _PEOPLE]
    for channel in (
        _channel("C0GENERAL01", "general", [*everybody, bot.id], "Everything that concerns everybody"),
        _channel("C0RESEARCH1", "research", [*everybody[:3], bot.id], "Talks, papers, recordings"),
        _channel("C0RANDOM001", "random", everybody, "Whatever does not fit elsewhere"),
        _channel("C0PLANS0001", "plans", everybody[:2], "Not for everybody yet", private=True),
    ):
        workspace.load(channel)
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
