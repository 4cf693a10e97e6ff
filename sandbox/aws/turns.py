"""Turns as a job wants them: no more speakers than it allows, numbered by first appearance."""

from __future__ import annotations

from dataclasses import replace

from sandbox.aws.engines import Heard


def at_most(heard: Heard, most: int) -> Heard:
    """The same with at most that many speakers: who comes later is taken for the last of them."""
    numbers: dict[int, int] = {}
    for turn in heard.turns:
        numbers.setdefault(turn.speaker, min(len(numbers), most - 1))
    turns = tuple(
        replace(
            turn,
            speaker=numbers[turn.speaker],
            words=tuple(replace(word, speaker=numbers[turn.speaker]) for word in turn.words),
        )
        for turn in heard.turns
    )
    return replace(heard, turns=turns)
