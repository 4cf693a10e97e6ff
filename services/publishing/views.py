"""The modals: asking a question, and reading the whole transcript."""

from __future__ import annotations

from collections.abc import Iterator

from services.publishing.actions import QUESTION, View
from services.publishing.blocks import SECTION, Block, context, plain, section, weight
from services.publishing.mrkdwn import literal, size
from services.publishing.naming import media_title, title_of
from services.publishing.paragraphs import paragraphs
from services.publishing.times import Link, moment
from services.vocabulary.recap import Recap
from services.vocabulary.transcript import Segment

_TITLE = 24
_QUESTION = 1_000
# Slack takes 100 blocks and 250 kB in a view.
_MOST_BLOCKS = 95
_MOST_WEIGHT = 120_000
_SEGMENT = 2_500


def ask_view(recap_id: str, media_name: str) -> Block:
    """A question about one recording. The answer goes to its thread; `private_metadata` is the recap's id."""
    question = {
        "type": "input",
        "block_id": QUESTION,
        "label": plain(f"About {title_of(media_name)}", 150),
        "hint": plain("I answer in the thread, with the times that prove it.", 150),
        "element": {
            "type": "plain_text_input",
            "action_id": QUESTION,
            "multiline": True,
            "min_length": 2,
            "max_length": _QUESTION,
            "focus_on_load": True,
            "placeholder": plain("What did they decide about …?", 150),
        },
    }
    return {
        "type": "modal",
        "callback_id": View.ASK.value,
        "title": plain("Ask the recording", _TITLE),
        "submit": plain("Ask", _TITLE),
        "close": plain("Cancel", _TITLE),
        "private_metadata": recap_id,
        "blocks": [question],
    }


def transcript_view(recap: Recap, *, link: Link) -> Block:
    """Every word that was said, turn by turn; a very long transcript says where the rest is."""
    blocks: list[Block] = [context(literal(media_title(recap.media), 200))]
    taken = weight(*blocks)
    for paragraph in _paragraphs(recap, link):
        block = section(paragraph)
        taken += weight(block)
        if len(blocks) >= _MOST_BLOCKS or taken > _MOST_WEIGHT:
            blocks.append(context("The rest did not fit here. The whole transcript is attached in the thread."))
            break
        blocks.append(block)
    return {
        "type": "modal",
        "callback_id": View.TRANSCRIPT.value,
        "title": plain("Transcript", _TITLE),
        "close": plain("Close", _TITLE),
        "blocks": blocks if recap.transcript.segments else [section("Nobody speaks in this recording.")],
    }


def _paragraphs(recap: Recap, link: Link) -> Iterator[str]:
    """Turns joined into texts of at most a section."""
    held = ""
    for turn in _turns(recap, link):
        if held and size(held) + size(turn) + 2 > SECTION:
            yield held
            held = ""
        held = f"{held}\n\n{turn}" if held else turn
    if held:
        yield held


def _turns(recap: Recap, link: Link) -> Iterator[str]:
    labels = {speaker.id: literal(speaker.label, 60) for speaker in recap.transcript.speakers}
    for segments in paragraphs(recap.transcript.segments):
        yield from _turn(labels.get(segments[0].speaker, ""), segments, link)


def _turn(who: str, segments: list[Segment], link: Link) -> Iterator[str]:
    words, start = "", segments[0].start
    for segment in segments:
        text = literal(segment.text, _SEGMENT)
        if words and size(words) + size(text) > _SEGMENT:
            yield f"*{moment(start, link, who=who)}*\n{words}"
            words, start = "", segment.start
        words = f"{words} {text}".strip()
    yield f"*{moment(start, link, who=who)}*\n{words}"
