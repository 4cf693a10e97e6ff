"""Single fields in all the forms that publishers write."""

from __future__ import annotations

import pytest

from services.media.podcasts import title_from
from services.media.podcasts.addresses import absolute, folded, secure
from services.media.podcasts.fields import clock, day, duration, language, one_line, size


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("3600", 3600),
        ("3600.5", 3600.5),
        (" 62:03 ", 3723),
        ("1:02:03", 3723),
        ("01:02:03.250", 3723.25),
        ("0:0:9,5", 9.5),
        ("PT1H2M3S", 3723),
        ("pt90m", 5400),
        ("P1DT1S", 86401),
        (12.5, 12.5),
        ("0", 0),
        ("", None),
        ("P", None),
        ("PT", None),
        ("-5", None),
        ("1:2:3:4", None),
        ("an hour", None),
        ("٣٦", None),
        ("999999999", None),
        (None, None),
    ],
)
def test_lengths_of_time(written: object, seconds: float | None) -> None:
    assert clock(written) == seconds


def test_no_length_at_all_is_not_known() -> None:
    assert duration("00:00:00") is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("PT_br", "pt"),
        (" de ", "de"),
        ("eng", None),
        ("", None),
        ("x-klingon", None),
        (None, None),
    ],
)
def test_languages(written: str | None, found: str | None) -> None:
    assert language(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Tue, 10 Nov 2026 23:30:00 -0800", "2026-11-10"),
        ("10 Nov 2026 06:00 GMT", "2026-11-10"),
        ("2026-11-10T06:00:00Z", "2026-11-10"),
        ("2026-11-10", "2026-11-10"),
        ("soon", None),
        ("Tue, 99 Nov 2026 06:00:00 GMT", None),
        ("Tue, 10 Nov 99999999999 06:00:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_days(written: str | None, found: str | None) -> None:
    assert day(written) == found


@pytest.mark.parametrize(
    ("written", "found"), [("77", 77), ("0", None), ("1", None), ("-7", None), ("7 MB", None), ("9" * 20, None)]
)
def test_sizes(written: str, found: int | None) -> None:
    assert size(written) == found


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  Salt\n\tand   rope ", "Salt and rope"),
        ("Salt &amp; <b>rope</b>", "Salt & rope"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("abc\u202edcba\x07", "abcdcba"),
        ("\u200b\x00", None),
        ("", None),
        (None, None),
        ("👩\u200d🚒 نامه\u200cای", "👩\u200d🚒 نامه\u200cای"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_titles_on_one_line(written: str | None, shown: str | None) -> None:
    assert one_line(written) == shown


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("b.mp3", "https://h.example/a/b.mp3"),
        ("//c.example/b", "https://c.example/b"),
        (" https://h.example/a b\n.mp3", "https://h.example/a%20b.mp3"),
        ("HTTP://h.example/", "http://h.example/"),
        ("ftp://h.example/", None),
        ("https://u@h.example/", None),
        ("https://u:p@h.example/", None),
        ("https://[::1/", None),
        ("https://h.example:99999/", None),
        ("https:///x", "https://h.example/x"),
        ("https://h.example/" + "x" * 4000, None),
        ("", None),
        (None, None),
    ],
)
def test_absolute_addresses(address: str | None, found: str | None) -> None:
    resolved = absolute(address, "https://h.example/a/index.html")
    assert (resolved.replace("HTTP:", "http:") if resolved else None) == found


def test_pictures_are_secure_or_none() -> None:
    assert secure("https://h.example/x.png") == "https://h.example/x.png"
    assert secure("http://h.example/x.png") is None


def test_one_page_in_many_spellings() -> None:
    spellings = {
        "https://h.example/a/",
        "http://www.h.example/a",
        "https://H.example/a?utm_source=x&fbclid=9#top",
        "https://h.example/%61",
    }
    assert len({folded(spelling) for spelling in spellings}) == 1
    assert folded("https://h.example/a?p=1") != folded("https://h.example/a?p=2")
    assert folded("https://h.example/?b=2&a=1") == folded("https://h.example/?a=1&b=2")
    assert folded("ep-1") is None
    assert folded("https://[::1/") is None


@pytest.mark.parametrize(
    ("url", "disposition", "title"),
    [
        ("https://h.example/talks/Keynote_2026.mp3", None, "Keynote 2026"),
        ("https://h.example/My%20talk+part%202.final.mp4?sig=1", None, "My talk+part 2.final"),
        ("https://h.example/x.mp3", 'attachment; filename="Board meeting.m4a"', "Board meeting"),
        ("https://h.example/x.mp3", "attachment; filename*=UTF-8''%E6%B8%AF.mp3", "港"),
        ("https://h.example/x.mp3", 'attachment; filename="../../etc/passwd.mp3"', "passwd"),
        ("https://h.example/x.mp3", r'attachment; filename="C:\talks\one.mp3"', "one"),
        ("https://h.example/talk-7.mp3", "attachment; filename*=no-such''%FF", None),
        ("https://h.example/talk-7.mp3", "inline", "talk-7"),
        ("https://h.example/ropes/index.m3u8", None, "ropes"),
        ("https://h.example/ropes/9f86d081884c7d659a2feaa0c55ad015.mp3", None, "ropes"),
        ("https://h.example/", None, "h.example"),
        ("https://h.example/%2e%2e%2f.mp3", None, "mp3"),
        ("https://h.example/a%E2%80%AEbc.mp3", None, "abc"),
        ("https://h.example/v1.2", None, "v1.2"),
        ("https://h.example/talk-7.mp3", "x; \u00e9*=%\udc80'a'b", "talk-7"),
        ("https://h.example/talk-7.mp3", "\u00e9%\udc80%1UTF-8''", "talk-7"),
        ("//.\u00e9]]..", None, "recording"),
        ("https://h.example/" + "long-" * 100 + ".mp3", None, None),
    ],
)
def test_titles_of_files(url: str, disposition: str | None, title: str | None) -> None:
    found = title_from(url, {"content-DISPOSITION": disposition} if disposition else {})
    assert 0 < len(found) <= 100
    assert title is None or found == title
