"""Captions that do not stand for the recording are left, with the reason."""

from __future__ import annotations

import pytest

from services.media.captions import Cue, complaint


def cues(*, every: float, until: float, lasting: float = 3.0, words: int = 8) -> list[Cue]:
    starts = [n * every for n in range(int(until / every))]
    return [Cue(start=start, end=start + lasting, text=" ".join(["word"] * words)) for start in starts]


def test_good_captions_have_no_complaint() -> None:
    assert complaint(cues(every=4, until=600), duration=600, automatic=False) is None
    assert complaint(cues(every=7, until=600), duration=600, automatic=False) is None
    assert complaint(cues(every=4, until=600), duration=None, automatic=True) is None


@pytest.mark.parametrize("automatic", [False, True])
@pytest.mark.parametrize(
    ("given", "duration", "reason"),
    [
        ([], 600, "hold no words"),
        (cues(every=60, until=600), 600, "hold hardly any words"),
        (cues(every=4, until=100, words=12), 600, "cover only 16% of the recording"),
        (cues(every=4, until=900), 600, "go on long after the recording ends"),
        (cues(every=2, until=600, words=20), 600, "hold more words than can be said in that time"),
    ],
)
def test_reasons(given: list[Cue], duration: float, reason: str, automatic: bool) -> None:  # noqa: FBT001
    assert complaint(given, duration=duration, automatic=automatic) == reason


def test_a_machine_s_silence_is_trusted_more_than_a_person_s() -> None:
    some = cues(every=4, until=240)
    assert complaint(some, duration=600, automatic=False) == "cover only 40% of the recording"
    assert complaint(some, duration=600, automatic=True) is None


def test_a_text_without_times_is_judged_by_its_words() -> None:
    text = [Cue(start=0, end=0, text="word " * 900, timed=False)]
    assert complaint(text, duration=600, automatic=False) is None
    assert complaint(text, duration=6000, automatic=False) == "hold hardly any words"
    assert complaint(text, duration=None, automatic=False) is None
