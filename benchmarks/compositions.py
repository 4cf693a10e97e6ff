"""Conversations composed of single voices, so that who speaks when is known to the hundredth of a second.

    python -m benchmarks.compositions FOLDER [--speakers 4] [--seconds 600] [--seed 1] [--phone] [--noise -35]

FOLDER holds a folder of recordings for each voice, or is an evaluation folder whose utterances name their speakers.
Composes a conversation, diarizes it and prints the error. A voice whose recordings have all been used begins again, and
the figure tells how often: material that is repeated is easier than a real recording of that length.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.score.data import read_lines
from benchmarks.score.diar import Diarizer
from benchmarks.score.diar_error import diarization_error
from benchmarks.score.recordings import decoded
from services.transcription.sound import RATE, Samples, Sound, Span
from services.vocabulary.transcript import Turn

_FRAME = RATE // 100
_LOUD = 38.0  # decibels under the loudest that still are speech
_BRIDGED = 0.5  # seconds of pause that do not end a turn
_OVERLAPPING = 0.15  # of the changes of speaker
_PHONE = (300.0, 3400.0)


@dataclass(frozen=True)
class Composition:
    """A conversation and the truth about it. `rounds` is how often the voices' material was used, on average."""

    samples: Samples
    turns: tuple[Turn, ...]
    voices: tuple[str, ...]
    rounds: float


async def read_voices(folder: Path) -> dict[str, list[Samples]]:
    """The recordings of each voice by its name."""
    found: dict[str, list[Samples]] = {}
    for voice, path in _files(folder):
        async with decoded(path) as audio:
            sound = Sound(Path(audio.path))
            found.setdefault(voice, []).append(sound.samples(0, len(sound)))
    return found


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    rows = read_lines(folder / "asr" / "refs.jsonl")
    if rows:
        yield from ((row["speaker"], folder / "asr" / row["file"]) for row in rows if row.get("speaker"))
        return
    for voice in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield from ((voice.name, path) for path in sorted(voice.iterdir()) if path.suffix != ".txt")


def compose(
    voices: Mapping[str, Sequence[Samples]], *, seed: int, seconds: float, noise: float = -50.0, phone: bool = False
) -> Composition:
    """A conversation of all these voices, about `seconds` long, over noise of so many decibels; the seed decides all.

    Levels differ by up to 6 dB between voices, pauses last 0.15 to 0.9 s, and one change in seven overlaps.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    gains = {voice: 10 ** (chance.uniform(-4, 2) / 20) for voice in voices}
    mix = np.zeros(round((seconds + 90) * RATE), np.float32)
    spoken: list[tuple[float, float, str]] = []
    end, last, used = 0.5, "", 0.0
    for voice, phrase in _order(voices, chance):
        if end > seconds:
            break
        overlaps = last not in ("", voice) and chance.random() < _OVERLAPPING
        start = end - chance.uniform(0.3, 1.2) if overlaps else end + chance.uniform(0.15, 0.9)
        start = max(0.0, start)
        mix[round(start * RATE) :][: len(phrase)] += phrase * gains[voice]
        spoken += [(start + first, start + until, voice) for first, until in activity(phrase)]
        end, last, used = start + len(phrase) / RATE, voice, used + len(phrase)
    mix = _disturbed(mix[: round((end + 0.5) * RATE)], seed, noise, phone=phone)
    names = tuple(dict.fromkeys(voice for _, _, voice in sorted(spoken)))
    turns = tuple(Turn(start=start, end=until, speaker=names.index(voice)) for start, until, voice in sorted(spoken))
    material = sum(len(phrase) for phrases in voices.values() for phrase in phrases)
    return Composition(mix, turns, names, used / material)


def _order(voices: Mapping[str, Sequence[Samples]], chance: random.Random) -> Iterator[tuple[str, Samples]]:
    """Who says what next, for ever: everybody once, then at random, but seldom twice in a row."""
    left: dict[str, list[Samples]] = {voice: [] for voice in voices}
    waiting = chance.sample(sorted(voices), len(voices))
    last = ""
    while True:
        others = [voice for voice in voices if voice != last] or list(voices)
        voice = waiting.pop() if waiting else chance.choice(others)
        if not left[voice]:
            left[voice] = chance.sample(list(voices[voice]), len(voices[voice]))
        phrase = _trimmed(left[voice].pop())
        if len(phrase):
            yield voice, phrase
        last = voice


def activity(samples: Samples) -> list[Span]:
    """Where a clean recording of one voice is loud enough to be speech, in seconds."""
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    level = 10 * np.log10((frames**2).mean(axis=1) + 1e-10)
    loud = np.flatnonzero(level > np.percentile(level, 95) - _LOUD) if len(level) else np.zeros(0, np.int64)
    spans: list[Span] = []
    for frame in loud.tolist():
        start = frame / 100
        if spans and start - spans[-1][1] <= _BRIDGED:
            spans[-1] = (spans[-1][0], start + 0.01)
        else:
            spans.append((start, start + 0.01))
    return [(start, end) for start, end in spans if end - start > 0.12]  # noqa: PLR2004 - a click is no speech


def _trimmed(samples: Samples) -> Samples:
    spans = activity(samples)
    return samples[round(spans[0][0] * RATE) : round(spans[-1][1] * RATE)] if spans else samples[:0]


def _disturbed(mix: Samples, seed: int, noise: float, *, phone: bool) -> Samples:
    hiss = np.random.default_rng(seed).standard_normal(len(mix)).astype(np.float32)
    mix = mix + np.float32(0.3 * 10 ** (noise / 20)) * hiss
    if phone:
        spectrum = np.fft.rfft(mix)
        pitch = np.fft.rfftfreq(len(mix), 1 / RATE)
        spectrum[(pitch < _PHONE[0]) | (pitch > _PHONE[1])] = 0
        mix = np.fft.irfft(spectrum, len(mix)).astype(np.float32)
    return np.asarray(mix * min(1.0, 0.8 / max(1e-6, float(np.abs(mix).max()))), np.float32)


def main() -> None:
    """Compose, diarize, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speakers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", type=float, default=-50.0)
    parser.add_argument("--phone", action="store_true")
    given = parser.parse_args()
    voices = asyncio.run(read_voices(given.folder))
    chosen = random.Random(given.seed).sample(sorted(voices), min(given.speakers, len(voices)))  # noqa: S311 - the same
    composition = compose(
        {voice: voices[voice] for voice in chosen},
        seed=given.seed,
        seconds=given.seconds,
        noise=given.noise,
        phone=given.phone,
    )
    print(json.dumps(judge(composition, Diarizer()), indent=1))


def judge(composition: Composition, diarizer: Diarizer) -> dict[str, object]:
    """The error of our turns in the composition, with what it was made of."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sound")
        (composition.samples * 32_767).astype("<i2").tofile(path)
        found = diarizer.turns(Sound(path))
    figures = diarization_error(composition.turns, found, len(composition.samples) / RATE)
    return {**figures, "voices": composition.voices, "rounds": round(composition.rounds, 1)}


if __name__ == "__main__":
    main()
