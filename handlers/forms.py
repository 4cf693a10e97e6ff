"""What our modals and the buttons of offers say when they come back; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from services.media.links import identify
from services.media.slack_shares import names_something
from services.publishing.manner_blocks import CHANNEL, MANNER
from services.publishing.places import Place
from services.publishing.summarize_view import ANY, AUDIO, LANGUAGE, LENGTH, LINK, RECORDING, TO_ME, WHERE
from services.vocabulary.errors import UserError
from services.vocabulary.manner import Manner
from services.workflows.requests import Again, MannerChange, Summons

_NOTHING = "Give me a link, or choose a recording."
_BOTH = "Give me a link or choose a recording below, not both."

Payload = Mapping[str, Any]


class Incomplete(Exception):  # noqa: N818 - it is no fault
    """What the person has to correct: a sentence for each block."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(*sentences.values())
        self.sentences = sentences


def place(view: Payload) -> Place:
    """Where the modal was opened; with the channel that was chosen in it, where none was known."""
    kept = Place.model_validate_json(str(view["private_metadata"]))
    return kept if kept.channel else kept.model_copy(update={"channel": _chosen(view, CHANNEL) or ""})


def summons_from_view(body: Payload, now: float) -> Summons:
    """The wish of a submitted `SUMMARIZE` modal. Raises Incomplete."""
    view = body["view"]
    where = place(view)
    link, file_id = (_chosen(view, LINK) or "").strip(), _chosen(view, RECORDING) or ""
    if sentence := _wrong(link, file_id):
        raise Incomplete({LINK: sentence})
    wish = {name: value for name in (LANGUAGE, LENGTH) if (value := _chosen(view, name)) not in {None, ANY}}
    in_slack = names_something(link)
    return Summons(
        team=body["team"]["id"],
        channel=where.channel,
        user=body["user"]["id"],
        act=str(view["id"]),
        arrived=now,
        text=link if in_slack else "",
        urls=(link,) if link and not in_slack else (),
        picked=file_id,
        language=wish.get(LANGUAGE),
        length=wish.get(LENGTH),
        audio=bool(_chosen(view, AUDIO)),
        direct=_chosen(view, WHERE) == TO_ME,
        chosen=True,
        response_url=where.response_url,
    )


def _wrong(link: str, file_id: str) -> str | None:
    if bool(link) == bool(file_id):
        return _BOTH if link else _NOTHING
    if link and not names_something(link):
        try:
            identify(link)
        except UserError as error:
            return str(error)
    return None


def change_from_view(body: Payload) -> MannerChange:
    """What a submitted `MANNER` modal chose."""
    view = body["view"]
    where = place(view)
    return MannerChange(
        team=body["team"]["id"],
        channel=where.channel,
        user=body["user"]["id"],
        act=str(view["id"]),
        manner=Manner(_chosen(view, MANNER) or Manner.AUTOMATIC),
        response_url=where.response_url,
    )


def change_from_command(command: Payload) -> MannerChange | None:
    """`/summarize off` and its like; None for any other words."""
    word = str(command.get("text") or "").strip().lower()
    if word not in set(Manner):
        return None
    return MannerChange(
        team=command["team_id"],
        channel=command["channel_id"],
        user=command["user_id"],
        act=str(command["trigger_id"]),
        manner=Manner(word),
        response_url=command.get("response_url"),
    )


def summons_again(body: Payload, value: str, now: float) -> Summons | None:
    """'Recap anyway', pressed under a private pointer; None for a value that is not ours."""
    try:
        wish = Again.model_validate_json(value)
    except ValidationError:
        return None
    if not (wish.url or wish.file_id):
        return None
    return Summons(
        team=body["team"]["id"],
        channel=body["channel"]["id"],
        user=body["user"]["id"],
        act=str(body["actions"][0].get("action_ts") or body["trigger_id"]),
        arrived=now,
        urls=(wish.url,) if wish.url else (),
        picked=wish.file_id,
        language=wish.language,
        length=wish.length,
        audio=wish.audio,
        direct=wish.direct,
        again=True,
        chosen=True,
        response_url=body.get("response_url"),
    )


def _chosen(view: Payload, name: str) -> str | None:
    """The one value under that block and action; of checkboxes the first."""
    state = ((view.get("state") or {}).get("values") or {}).get(name, {}).get(name) or {}
    options = state.get("selected_options") or []
    option = state.get("selected_option") or (options[0] if options else {})
    value = option.get("value") or state.get("value") or state.get("selected_conversation")
    return str(value) if value else None
