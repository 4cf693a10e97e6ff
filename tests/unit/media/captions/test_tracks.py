"""Which track is read, in which order, and how a body's kind is known."""

from __future__ import annotations

import pytest

from services.media.captions import Track, choose, kind_of


def track(
    language: str, kind: str = "json3", *, machine: bool = False, translated: bool = False, name: str = ""
) -> Track:
    url = f"https://example.org/{language}.{kind}"
    return Track(language=language, kind=kind, url=url, automatic=machine, translated=translated, name=name)


EN, DE, FR, GB = track("en"), track("de"), track("fr"), track("en-GB")
AUTO_EN, AUTO_DE = track("en", machine=True), track("de", machine=True)
TO_DE = track("de", machine=True, translated=True)


@pytest.mark.parametrize(
    ("tracks", "spoken", "asked", "chosen"),
    [
        ([AUTO_EN, FR, EN], "en", None, [EN, AUTO_EN]),
        ([DE, GB, EN], "en-GB", None, [GB, EN]),
        ([DE, FR, AUTO_EN], "en", None, [AUTO_EN]),
        ([DE, FR, AUTO_EN], "en", "de", [AUTO_EN, DE]),
        ([DE, EN, AUTO_EN], None, "de", [EN, AUTO_EN, DE]),
        ([FR, DE, EN], None, "de", [DE, EN, FR]),
        ([FR, DE, EN], None, None, [EN, FR, DE]),
        ([TO_DE], "en", "de", []),
        ([TO_DE], None, "de", []),
        ([AUTO_DE], "en", None, [AUTO_DE]),
        ([], "en", None, []),
    ],
)
def test_order_of_preference(tracks: list[Track], spoken: str | None, asked: str | None, chosen: list[Track]) -> None:
    assert choose(tracks, spoken=spoken, asked=asked) == chosen


def test_each_track_once_in_its_richest_format() -> None:
    kinds = ["srt", "vtt", "json3", "ttml", "live_chat", "srv3"]
    assert choose([track("en", kind) for kind in kinds], spoken="en", asked=None) == [track("en", "json3")]


def test_translations_are_known_by_their_address_too() -> None:
    hidden = AUTO_DE.model_copy(update={"url": "https://example.org/timedtext?v=1&lang=en&tlang=de&fmt=json3"})
    assert choose([hidden], spoken="de", asked=None) == []


def test_tracks_of_signs_come_after_the_machine() -> None:
    signs = track("en", name="English (forced)")
    assert choose([signs, EN, AUTO_EN], spoken="en", asked=None) == [EN, signs, AUTO_EN]


@pytest.mark.parametrize(
    ("name", "sent", "kind"),
    [
        ("talk.vtt", None, "vtt"),
        ("Talk (final).SRT", "application/octet-stream", "srt"),
        ("notes.txt", "text/plain; charset=utf-8", "txt"),
        ("https://example.org/api/timedtext?v=a&lang=en&fmt=json3", "text/html", "json3"),
        ("https://example.org/api/timedtext?v=a&fmt=srv3", None, "srv3"),
        ("https://example.org/a.ttml?x=1", None, "ttml"),
        ("https://example.org/t?id=1", "text/vtt", "vtt"),
        ("https://example.org/t/1", "application/x-subrip", "srt"),
        ("https://example.org/t/1.json", "application/json", "podcast-json"),
        ("https://example.org/t/1.html", None, "html"),
        ("https://example.org/t/1.vtt", "text/html", "vtt"),
        ("https://example.org/t/1.txt", "application/srt", "srt"),
        ("talk.mp4", "video/mp4", None),
        ("vtt", None, None),
        ("https://[bad", None, None),
        ("", None, None),
    ],
)
def test_kind_by_name_and_type(name: str, sent: str | None, kind: str | None) -> None:
    assert kind_of(name, sent) == kind
