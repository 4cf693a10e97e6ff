"""Strangers' bytes end in cues or in one sentence, and soon."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from services.media.captions import complaint, parse, transcript_of
from services.media.captions.parsing import KINDS
from services.vocabulary.errors import UserError
from tests.unit.media.captions.bodies import BODIES, RECORDED, TALK, rolling_vtt

_RECORDED = {
    "json3-auto-scarlet.json": "json3",
    "simonw-webvtt-to-json/demo.vtt": "vtt",
    "youtube-transcript-api/transcript.xml.static": "srv1",
    "podcast-namespace/example.json": "podcast-json",
    "podcast-namespace/example.vtt": "vtt",
    "podcast-namespace/example.srt": "srt",
    "podcast-namespace/example.html": "html",
}
_TOKENS = [
    *(b"<", b">", b"</p>", b"<p>", b"<v A>", b"<c>", b"&amp;", b"&#x110000;", b"&lt;", b"]]>", b"<!--", b"<![CDATA["),
    *(b"-->", b"00:00:01.000", b"99:99:99,999", b">>", b"- ", b"NAME:", b": ", b"\n\n", b"\r", b"\x00", b"\xff\xfe"),
    *(b"{", b"}", b"[", b"]", b'"', b"null", b"1e999", b"-1", b"NaN", b'"segs"', b'"tStartMs"', b"\\u0000", b"\\ud800"),
    *(
        b"\xe2\x80\x8b",
        b"\xf0\x9f\x8e\xb5",
        b"\xe4\xbb\x8a",
        b"NOTE",
        b"WEBVTT",
        b"(",
        b"[Music]",
        b"{\\an8}",
        b'a="1"',
    ),
]
_LONGEST = 5.0
"""Seconds for one small body, on a busy machine."""


def _seeds() -> list[tuple[bytes, str]]:
    bodies = [(write(TALK).encode(), kind) for kind, write in BODIES.items()]
    bodies += [(rolling_vtt(TALK).encode(), "vtt"), (BODIES["txt"](TALK).encode("utf-16"), "txt")]
    recorded = [(RECORDED / name, kind) for name, kind in _RECORDED.items()]
    return bodies + [(path.read_bytes()[:1500], kind) for path, kind in recorded if path.is_file()]


def _mutated(body: bytes, dice: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(dice.choice((1, 2, 4, 16))):
        at, size = dice.randrange(len(changed) + 1), dice.choice((0, 1, 3, 40))
        change: Callable[[], bytes] = dice.choice(
            (
                lambda: b"",
                lambda: dice.choice(_TOKENS),
                lambda: dice.choice(_TOKENS) * dice.choice((2, 50)),
                lambda: dice.randbytes(3),
                lambda: bytes(changed[:60]),
                lambda: b"9" * 400,
            )
        )
        changed[at : at + size] = change()
    return bytes(changed[: dice.randrange(len(changed) + 1)] if dice.random() < 0.1 else changed)


def _survive(rounds: int, seed: int) -> tuple[int, float]:
    """How many bodies were refused, and the longest time that one took."""
    dice, seeds = random.Random(seed), _seeds()
    refused, slowest = 0, 0.0
    for _ in range(rounds):
        body, kind = dice.choice(seeds)
        body, kind = _mutated(body, dice), kind if dice.random() < 0.9 else dice.choice(KINDS)
        duration = dice.choice((None, 5.0, 600.0))
        began = time.perf_counter()
        try:
            cues = parse(body, kind)
        except UserError:
            refused += 1
        else:
            complaint(cues, duration=duration, automatic=True)
            transcript = transcript_of(cues, language="en", duration=duration, engine="captions")
            said = "".join(word.text for segment in transcript.segments for word in segment.words)
            assert sorted(said) == sorted("".join("".join(cue.text.split()) for cue in cues)), body
            assert all(s.end - s.start <= 20 and len(s.words) <= 60 for s in transcript.segments), body
            transcript.model_dump_json().encode()
        slowest = max(slowest, time.perf_counter() - began)
    return refused, slowest


def test_fifteen_hundred_broken_bodies_end_well() -> None:
    refused, slowest = _survive(1_500, seed=3)
    assert 50 < refused < 1_450
    assert slowest < _LONGEST


@pytest.mark.soak
def test_ten_thousand_broken_bodies_end_well() -> None:
    began = time.perf_counter()
    refused, slowest = _survive(10_000, seed=20)
    spent = time.perf_counter() - began
    print(f"\n10,000 broken captions: {refused} refused, slowest {slowest:.2f} s, {spent:.0f} s in all")  # noqa: T201
    assert slowest < _LONGEST


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"[" * 400_000, "podcast-json"),
        (b"<timedtext><body>" + b"<p>" * 200_000 + b"</p>" * 200_000 + b"</body></timedtext>", "srv3"),
        (b"<tt><body>" + b'<div><p begin="1s">a' * 50_000 + b"</p></div>" * 50_000 + b"</body></tt>", "ttml"),
        (b"<p>x" * 30_000, "html"),
        (b"00:01.000 --> 00:02.000\n" + b"<00:00:01.000>a\n" * 15_000, "vtt"),
        (b"<" * 900_000, "html"),
        (b"0:01 Ada\n" + b"a\n" * 20_000, "txt"),
        (b"0:01 " + b"[" * 300_000, "txt"),
        (b"A" * 49 + b": " * 20_000, "txt"),
        (b"00:00:01,000 --> 00:00:02,000\n" + b"a\n" * 20_000, "srt"),
        (b"00:00:01,000 --> 00:00:02,000\n" + b">> A: " * 10_000, "srt"),
        (b"00:00:01,000 --> 00:00:02,000\n" + b"(" * 500_000 + b")" * 500_000, "srt"),
        (b"00:01.000 --> 00:02.000\n" + b"<00:00:01.000>a" * 20_000, "vtt"),
        (
            b"".join(b"00:%02d:%02d,0 --> 00:59:59,0\n>> V%d: hi\n\n" % (n // 60, n % 60, n) for n in range(3_600)),
            "srt",
        ),
    ],
    ids=range(14),
)
def test_bodies_made_to_be_slow_are_not(body: bytes, kind: str) -> None:
    began = time.process_time()
    with suppress(UserError):
        transcript_of(parse(body, kind), language="en", duration=60.0, engine="captions")
    assert time.process_time() - began < _LONGEST
