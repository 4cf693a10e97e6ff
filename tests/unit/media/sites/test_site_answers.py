"""What is taken over from yt-dlp's answers: bounded, and nothing that only looks right."""

from __future__ import annotations

import re
from typing import Any

import pytest

from services.media.captions import Track
from services.media.sites.options import Notes, options
from services.media.sites.publisher import language_code, publication_of
from services.media.sites.tracks import listed

INFO: dict[str, Any] = {
    "title": "  A   talk \n",
    "channel": "Ada",
    "duration": 61,
    "language": "en-US",
    "thumbnail": "https://i.ytimg.com/vi/a/hq.jpg",
    "upload_date": "20260314",
    "chapters": [
        {"title": "Second", "start_time": 30, "end_time": 61},
        {"title": "First", "start_time": 0.0, "end_time": 30},
        {"title": "<Untitled Chapter 3>", "start_time": 40},
        {"title": "Before", "start_time": -1},
        {"title": 7, "start_time": 1},
        "no chapter",
    ],
}


def test_a_publication_is_what_the_site_says() -> None:
    publication = publication_of(INFO)
    assert (publication.title, publication.author, publication.duration) == ("A talk", "Ada", 61.0)
    assert (publication.language, publication.published) == ("en", "2026-03-14")
    assert [(mark.title, mark.start, mark.end) for mark in publication.chapters] == [
        ("First", 0, 30),
        ("Second", 30, 61),
    ]


@pytest.mark.parametrize(
    ("name", "value", "field", "kept"),
    [
        ("title", None, "title", "Untitled"),
        ("title", "x" * 10_000, "title", "x" * 300),
        ("title", ["a"], "title", "Untitled"),
        ("duration", float("inf"), "duration", None),
        ("duration", -3, "duration", None),
        ("duration", "61", "duration", None),
        ("thumbnail", "http://i.ytimg.com/a.jpg", "thumbnail", None),
        ("thumbnail", "javascript:alert(1)", "thumbnail", None),
        ("thumbnail", "https://a.example/" + "x" * 2000, "thumbnail", None),
        ("upload_date", "2026", "published", None),
        ("chapters", [{"title": "Only", "start_time": 0}], "chapters", ()),
        ("chapters", "none", "chapters", ()),
    ],
)
def test_what_is_missing_malformed_or_too_long_is_left_out(name: str, value: Any, field: str, kept: Any) -> None:
    assert getattr(publication_of(INFO | {name: value}), field) == kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("pt_BR", "pt"),
        ("DE", "de"),
        ("yue", None),
        ("english", None),
        (None, None),
        (3, None),
    ],
)
def test_languages_are_two_letters_or_unknown(given: object, code: str | None) -> None:
    assert language_code(given) == code


def test_tracks_are_listed_once_in_their_best_form() -> None:
    timed = "https://www.youtube.com/api/timedtext?v=a&lang=en"
    info = {
        "subtitles": {
            "en-x1": [
                {"ext": "vtt", "url": f"{timed}&fmt=vtt"},
                {"ext": "json3", "url": f"{timed}&fmt=json3", "name": "E"},
            ],
            "live_chat": [{"ext": "json", "url": "https://www.youtube.com/watch?v=a"}],
            "de": [{"ext": "vtt", "url": "https://a.example/de.m3u8", "protocol": "m3u8_native"}],
            "fr": [{"ext": "vtt", "data": "WEBVTT"}],
        },
        "automatic_captions": {
            "en-orig": [{"ext": "json3", "url": f"{timed}&kind=asr&fmt=json3"}],
            "en": [{"ext": "json3", "url": f"{timed}&kind=asr&fmt=json3"}],
            "es": [{"ext": "json3", "url": f"{timed}&kind=asr&tlang=es&fmt=json3"}],
        },
    }
    assert list(listed(info)) == [
        Track(language="en", kind="json3", url=f"{timed}&fmt=json3", automatic=False, translated=False, name="E"),
        Track(language="fr", kind="vtt", url="", automatic=False, translated=False),
        Track(language="en", kind="json3", url=f"{timed}&kind=asr&fmt=json3", automatic=True, translated=False),
        Track(language="en", kind="json3", url=f"{timed}&kind=asr&tlang=es&fmt=json3", automatic=True, translated=True),
    ]


def test_yt_dlp_takes_nothing_from_outside_and_runs_nothing() -> None:
    given = options({"folder": "/room", "proxy": "http://job:token@127.0.0.1:1", "cookies": None}, Notes())
    assert given["outtmpl"] == {"default": "sound.%(ext)s"}
    assert given["proxy"] == "http://job:token@127.0.0.1:1"
    assert not given["cachedir"]
    assert not given["usenetrc"]
    assert not given["enable_file_urls"]
    assert given["remote_components"] == []
    assert given["postprocessors"] == []
    assert given["fixup"] == "never"
    allowed = [re.compile(pattern) for pattern in given["allowed_extractors"]]
    names = {"youtube": True, "youtube:search": False, "youtube:search:date": False, "bilibili": False}
    for name, taken in names.items():
        assert any(pattern.fullmatch(name) for pattern in allowed) is taken


def test_notes_are_bounded() -> None:
    notes = Notes()
    for _ in range(1000):
        notes.warning("x" * 10_000)
        notes.error("y" * 10_000)
        notes.debug("z")
    assert sum(map(len, notes.warnings + notes.errors)) <= 100 * 500
