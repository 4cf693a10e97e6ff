"""What an honest model that only quotes would reply: functions of the prompt, for the script of the fake model."""

from __future__ import annotations

import re
from typing import Any

from services.language import Prompt

_LINE = re.compile(r"^\[(\d+)\] (.+?) \((\d+(?::\d\d)+)\): (.*)$", re.MULTILINE)
_NOTE = re.compile(r"^\[([\d, ]+)\] said: (.*)$", re.MULTILINE)
_LONG = 4


def numbered(prompt: Prompt) -> list[tuple[int, str, str]]:
    """The lines of the material: number, label, words."""
    return [(int(number), label, words) for number, label, _, words in _LINE.findall(prompt.material)]


def quotes(prompt: Prompt) -> list[dict[str, Any]]:
    """Every line, or every note, of more than a few words as a statement."""
    lines = [([number], words) for number, _, words in numbered(prompt)]
    notes = [([int(n) for n in numbers.split(",")], words) for numbers, words in _NOTE.findall(prompt.material)]
    return [{"text": words, "segments": ids} for ids, words in lines or notes if len(words.split()) > _LONG]


def summary_of(prompt: Prompt) -> dict[str, Any]:
    """The first statement is the gist, and some of the others are points; chapters begin with every third."""
    said = quotes(prompt)
    step = max(1, len(said) // 6)
    chosen = said[1::step][:6]
    reply: dict[str, Any] = {
        "points": chosen,
        "chapters": [{"title": s["text"], "first": s["segments"][0]} for s in chosen[::3]],
    }
    return reply | ({"gist": said[0]} if said and prompt.purpose != "notes" else {})


def answer_to(prompt: Prompt) -> dict[str, Any]:
    """The first line that shares a long word with the question."""
    asked = {w.strip("?.,!").lower() for w in prompt.question.rpartition("question:")[2].split() if len(w) > _LONG}
    for said in quotes(prompt):
        if asked & {word.strip("?.,!").lower() for word in said["text"].split()}:
            return {"found": True, "sentences": [said]}
    return {"found": False, "sentences": []}


def told_to(prompt: Prompt) -> str:
    """The same as a stream: each sentence on a line with the numbers of its segments."""
    told = answer_to(prompt)["sentences"]
    return "\n".join(f"{each['text']} [{', '.join(map(str, each['segments']))}]" for each in told) or "NOT SAID"
