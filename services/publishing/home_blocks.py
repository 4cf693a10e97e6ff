"""Home: a person's newest recaps, a search over them, what the person prefers, and what we keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from services.publishing.actions import Action
from services.publishing.blocks import BUTTON, Block, actions, button, confirm, context, divider, header, plain, section
from services.publishing.mrkdwn import clip, link, literal
from services.publishing.naming import LANGUAGES
from services.publishing.times import pretty, span
from services.vocabulary.base import Value
from services.vocabulary.preference import Preference

SEARCH, CHOICES = "search", "choices"
"""Blocks begin with these: the search's, and those of the preferences."""

USUAL = "any"
"""The value of 'as usual' in a menu."""

SPOKEN = "spoken"
"""The value of the one box that can be checked."""

LONGEST_QUERY = 100
_TITLE = 150
_GIST = 280
_OPTIONS = 100
_EMPTY = (
    "Nothing here yet. Share an audio or video file, or a link to one, in a channel that I am in. You can also write "
    "to me in the *Messages* tab. To bring me into a channel, type `/invite @Earshot` there."
)


class Shown(Value):
    """One recap of a list. `title`, `gist` are untrusted text; `when` is Unix time; `thread` and `player` open it."""

    title: str
    gist: str
    channel: str
    when: float
    duration: float | None
    thread: str
    player: str | None = None


class Home(Value):
    """What one person's Home shows. `query` is what was searched, empty for the newest.

    `kept` is how many recaps of theirs there are, `days` how long they are kept (0: until they are deleted), `notice`
    what has just happened.
    """

    recaps: tuple[Shown, ...] = ()
    query: str = ""
    preference: Preference = Preference()
    kept: int = 0
    days: int = 0
    notice: str = ""


class Mark(Value):
    """What a published Home remembers: a digest of what it shows, and what was searched in it."""

    digest: str = ""
    query: str = ""


def mark_of(view: Block | None) -> Mark:
    """The mark of a Home as Slack gives it back; an empty one for a view that has none of ours."""
    try:
        return Mark.model_validate_json(str((view or {}).get("private_metadata") or "{}"))
    except ValidationError:
        return Mark()


def home_view(home: Home) -> Block:
    """The view, with its `Mark`. Two that show the same are equal."""
    blocks = [*_notice(home), *_search(home), *_recaps(home), divider(), *_choices(home.preference)]
    blocks += [divider(), *_kept(home)]
    digest = hashlib.sha256(json.dumps(blocks, sort_keys=True).encode()).hexdigest()[:32]
    return {
        "type": "home",
        "private_metadata": Mark(digest=digest, query=home.query).model_dump_json(),
        "blocks": blocks,
    }


def _notice(home: Home) -> list[Block]:
    return [section(literal(home.notice, 1_000))] if home.notice else []


def _search(home: Home) -> Iterator[Block]:
    """A new query is a new block, so that Slack shows it in place of what was typed before."""
    field = {
        "type": "plain_text_input",
        "action_id": Action.HOME_SEARCH.value,
        "max_length": LONGEST_QUERY,
        "placeholder": plain("Words of a title or of what it is about", 150),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    of = hashlib.sha256(home.query.encode()).hexdigest()[:12] if home.query else ""
    yield {
        "type": "input",
        "block_id": f"{SEARCH}:{of}",
        "dispatch_action": True,
        "label": plain("Search the recaps that you can see"),
        "element": field | ({"initial_value": home.query} if home.query else {}),
    }
    if home.query:
        yield actions([button("Show the newest", Action.HOME_CLEAR.value)])


def _recaps(home: Home) -> Iterator[Block]:
    yield header("Found" if home.query else "Newest recaps")
    if not home.recaps:
        nothing = f"No recap that you can see is about “{literal(home.query, 200)}”."
        yield section(nothing if home.query else _EMPTY)
    for each in home.recaps:
        yield _recap(each)


def _recap(shown: Shown) -> Block:
    where = "in our chat" if shown.channel.startswith("D") else f"<#{shown.channel}>"
    facts = [pretty(shown.when), span(shown.duration) if shown.duration else "", where]
    lines = (
        f"*{link(shown.thread, literal(shown.title, _TITLE) or '…')}*",
        " · ".join(filter(None, facts)),
        literal(shown.gist, _GIST),
    )
    block = section("\n".join(filter(None, lines)))
    if shown.player is None:
        return block
    spoken = clip(f"Play {shown.title}", BUTTON)
    return block | {"accessory": button("Play", Action.OPEN.value, url=shown.player, accessibility_label=spoken)}


def _choices(preference: Preference) -> Iterator[Block]:
    languages = sorted(LANGUAGES.items(), key=lambda language: language[1])
    yield header("What you prefer")
    yield context("It holds for recaps that you ask me for, where you say nothing else.")
    yield _menu(
        "Language of the summary",
        Action.HOME_LANGUAGE,
        [(USUAL, "As in the recording"), *languages][:_OPTIONS],
        preference.language,
    )
    lengths = [(USUAL, "As usual"), ("short", "Short"), ("full", "Everything")]
    yield _menu("Length", Action.HOME_LENGTH, lengths, preference.length)
    yield _spoken(preference)


def _menu(label: str, action: Action, choices: Sequence[tuple[str, str]], chosen: str | None) -> Block:
    options = {value: {"text": plain(words), "value": value} for value, words in choices}
    element = {
        "type": "static_select",
        "action_id": action.value,
        "options": list(options.values()),
        "initial_option": options.get(chosen or USUAL, options[USUAL]),
    }
    return section(label) | {"block_id": f"{CHOICES}:{action.value}", "accessory": element}


def _spoken(preference: Preference) -> Block:
    box = {"text": plain("With a spoken version"), "value": SPOKEN}
    element = {"type": "checkboxes", "action_id": Action.HOME_AUDIO.value, "options": [box]}
    checked = {"initial_options": [box]} if preference.audio else {}
    return section("Audio") | {"block_id": f"{CHOICES}:{Action.HOME_AUDIO.value}", "accessory": element | checked}


def _kept(home: Home) -> Iterator[Block]:
    yield header("What I keep")
    count = f"*{home.kept} {'recap' if home.kept == 1 else 'recaps'}*" if home.kept else "no recap"
    yield section(
        f"Of what you shared I keep {count}: a copy of the recording where one was needed, its transcript, the "
        f"summary, the spoken version, and the questions that were asked about it with their answers. "
        f"{_how_long(home.days)}"
    )
    if home.kept:
        yield actions([_erase(home.kept)])


def _how_long(days: int) -> str:
    if not days:
        return "I keep them until you delete them, here or with the button under each recap."
    named = "a day" if days == 1 else f"{days} days"
    return f"After {named} I forget them; what I posted in Slack stays there. You can delete them sooner."


def _erase(kept: int) -> Block:
    sure = confirm(
        "Delete everything you shared?",
        f"All {kept} recaps of what you shared go away for everyone, with their audio, transcripts and answers. "
        "The recordings stay where you shared them. This cannot be undone.",
        yes="Delete all",
        no="Keep",
    )
    return button("Delete everything I shared", Action.HOME_ERASE.value, style="danger", confirm=sure)
