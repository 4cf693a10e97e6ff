"""The calls to AWS that a recap makes, by what they are for, and what comes of it in the thread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from sandbox.aws.journal import Call, Journal
from tests.aws.product import GIST, SAID, Bot
from tests.slack.local_workspace import JSON

_HASH = "[0-9a-f]{64}"
WHAT = {
    "heard": r"/heard\.json",
    "document": r"/document\.json",
    "job": r"-as-is-[0-9-]+/?'",
    "media": rf"/media/{_HASH}",
    "transcript": rf"/transcripts/{_HASH}(/[0-9a-f]{{12}}\.json|/?')",
    "summary": rf"/summaries/{_HASH}",
    "sound": rf"/narrations/{_HASH}/\w+\.mp3",
    "narration": rf"/narrations/{_HASH}(/\w+\.json|/?')",
    "output": "/outputs/",
    "names": "'purpose': 'names'",
    "summing up": "'purpose': 'summary'",
    "show notes": "'purpose': 'show_notes'",
    "answer": "'purpose': '(answer|stream)'",
    "pcm": "'OutputFormat': 'pcm'",
    "marks": "'OutputFormat': 'json'",
}
"""What a call is about, each with the regular expression that tells it by the call's parameters."""

_FILES = 4
_NO_VOICE = "The spoken version failed"

PAID = ("StartTranscriptionJob", "ConverseStream", "SynthesizeSpeech")


def site_of(call: Call) -> str:
    """The operation, and what it is about: 'PutObject summary'."""
    parameters = str(call.parameters)
    found = [what for what, pattern in WHAT.items() if re.search(pattern, parameters)]
    about = found if call.service in {"s3", "bedrock-runtime"} or "OutputFormat" in call.parameters else []
    assert len(about) <= 1, f"{call.operation} {parameters} is about {about}"
    return " ".join([call.operation, *about])


def sites(calls: Iterable[Call]) -> Counter[str]:
    """How often each was called."""
    return Counter(site_of(call) for call in calls)


def paid(journal: Journal) -> Counter[str]:
    """How often each call was answered that costs money."""
    return sites(call for call in journal.succeeded() if call.operation in PAID)


_SENTENCES = {
    "is not answering": "later",
    "not set up": "operator",
    "went wrong on my side": "bug",
    "declined": "declined",
    "content rules": "rules",
    "I could not write": "not written",
}


def _said(text: str) -> str:
    return next((kind for words, kind in _SENTENCES.items() if words in text), text)


async def recap_ended(bot: Bot, ts: str) -> bool:
    """Whether nothing more is to come: the recap failed, or it is there, and its notes and files or why they are not.

    Files come later than the messages, as they do in Slack.
    """
    marks = await bot.marks(ts)
    if "warning" in marks:
        return True
    if "white_check_mark" not in marks or await bot.says(ts, "Show notes: ") is None:
        return False
    shown, files = str((await _first(bot, ts)).get("blocks")), await bot.files(ts)
    return _has_no_files(shown) or len(files) == _FILES - (_NO_VOICE in shown)


async def recap_ending(bot: Bot, ts: str) -> str:
    """What became of a recap: 'whole', 'failed: why', or what is missing of it."""
    first = await _first(bot, ts)
    if "warning" in await bot.marks(ts):
        return f"failed: {_said(first['text'])}"
    shown, notes = str(first["blocks"]), await bot.says(ts, "Show notes: ")
    missing = []
    if GIST.rstrip(".") not in shown or "own sentences" in shown:
        missing.append("quoted")
    if _NO_VOICE in shown:
        missing.append("no voice")
    if _has_no_files(shown):
        missing.append(f"no files: {_said(shown)}")
    if notes and "\u26a0" in str(notes["blocks"]):
        missing.append(f"no notes: {_said(notes['text'])}")
    texts = [reply["text"].partition(":")[0] for reply in await bot.thread(ts) if reply["text"]]
    assert len(texts) == len(set(texts)), f"something was said twice: {texts}"
    return ", ".join(missing) or "whole"


async def _first(bot: Bot, ts: str) -> JSON:
    """The recap's message: the bot's first one but for an answer, for somebody may have asked before it was there."""
    own = bot.workspace.info["bot"]["user_id"]
    said = [message for message in await bot.thread(ts) if message["user"] == own]
    return next(message for message in said if not message["text"].startswith(SAID))


def _has_no_files(shown: str) -> bool:
    return any(words in shown for words in _SENTENCES)


def answer_is_whole(reply: JSON) -> bool:
    """Whether a message is an answer, or why there is none, and no longer being written."""
    shown = str(reply.get("blocks"))
    return "feedback" in shown or "\u26a0" in shown


def answer_ending(reply: JSON) -> str:
    """What became of a question."""
    shown = reply["text"] + str(reply.get("blocks"))
    if "own sentences" in shown:
        return "quoted"
    return "answered" if SAID in reply["text"] else f"failed: {_said(shown)}"
