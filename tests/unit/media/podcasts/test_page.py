"""What an ordinary page says about recordings."""

from __future__ import annotations

import json

import pytest

from services.media.podcasts.page import Page, find
from tests.sites.podcast_site import page

URL = "https://site.example/a/page"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def _seen(head: str = "", body: str = "", language: str = "en") -> Page:
    return find(page(head, body, language).encode(), charset="utf-8", url=URL)


def _address(head: str = "", body: str = "") -> str | None:
    episode = _seen(head, body).episode
    return episode.enclosure.url if episode and episode.enclosure else None


def _data(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def _og(name: str, content: str) -> str:
    return f'<meta property="og:{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        (_og("video", "/v.mp4"), "", "https://site.example/v.mp4"),
        (_og("video", "v.mp4"), "", "https://site.example/a/v.mp4"),
        ('<base href="https://cdn.example/x/">' + _og("video", "v.mp4"), "", "https://cdn.example/x/v.mp4"),
        ('<base href="data:,">' + _og("video", "v.mp4"), "", "https://site.example/a/v.mp4"),
        (_og("video", "/v?id=1") + _og("video:type", "video/mp4"), "", "https://site.example/v?id=1"),
        (_og("video", "/v?id=1"), "", None),
        (_og("video", "/player?id=1") + _og("video:type", "text/html"), "", None),
        (
            _og("video", "http://s.example/v.mp4") + _og("video:secure_url", "https://s.example/v.mp4"),
            "",
            "https://s.example/v.mp4",
        ),
        (_og("audio", "/a.mp3"), "", "https://site.example/a.mp3"),
        (_og("video", "/live/master.m3u8"), "", "https://site.example/live/master.m3u8"),
        ('<meta name="twitter:player:stream" content="/t/9">', "", "https://site.example/t/9"),
        (_data({"@type": "AudioObject", "contentUrl": "/j.mp3"}), "", "https://site.example/j.mp3"),
        (_data([{"@type": ["VideoObject"], "contentUrl": "/j.mp4"}]), "", "https://site.example/j.mp4"),
        (
            _data(
                {
                    "@graph": [
                        {"@type": "WebPage"},
                        {"@type": "PodcastEpisode", "associatedMedia": {"contentUrl": "/e.mp3"}},
                    ]
                }
            ),
            "",
            "https://site.example/e.mp3",
        ),
        (_data({"@type": "Article", "contentUrl": "/j.mp3"}), "", None),
        ("", '<audio src="/a.ogg"></audio>', "https://site.example/a.ogg"),
        ("", '<audio controls><source src="/a.opus" type="audio/ogg"></audio>', "https://site.example/a.opus"),
        ("", '<VIDEO><SOURCE SRC="/b.webm"></VIDEO>', "https://site.example/b.webm"),
        ("", '<video muted loop src="/wave.mp4"></video><audio src="/a.mp3">', "https://site.example/a.mp3"),
        ("", '<picture><source src="/a.mp3"></picture>', None),
        ("", '<audio src="javascript:alert(1)"></audio><audio src="data:audio/mp3;base64,AA">', None),
        (_og("video", "file:///etc/passwd.mp4"), '<video src="ftp://site.example/v.mp4">', None),
        (_og("video", "https://user:secret@site.example/v.mp4"), "", None),
        ("<!-- " + _og("video", "/v.mp4") + "-->", "", None),
        ("", "<p>An article about <audio> elements.", None),
    ],
)
def test_the_recording_of_a_page(head: str, body: str, found: str | None) -> None:
    assert _address(head, body) == found


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        ("", '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0"></iframe>', VIDEO),
        ("", '<iframe data-src="//www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', VIDEO),
        (_og("video", "https://www.youtube.com/embed/dQw4w9WgXcQ") + _og("video:type", "text/html"), "", VIDEO),
        (_data({"@type": "VideoObject", "embedUrl": "https://www.youtube.com/embed/dQw4w9WgXcQ"}), "", VIDEO),
        ("", '<iframe src="https://player.vimeo.com/video/123456789"></iframe>', "https://vimeo.com/123456789"),
        ("", '<iframe src="https://ads.example/embed/dQw4w9WgXcQ"></iframe>', None),
        ("", '<iframe src="https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ"></iframe>', None),
    ],
)
def test_the_player_of_a_known_site(head: str, body: str, found: str | None) -> None:
    episode = _seen(head, body).episode
    assert (episode.embedded if episode else None) == found


def test_what_a_page_says_of_its_recording() -> None:
    described = {
        "@type": "PodcastEpisode",
        "name": "Nets &amp; knots",
        "contentUrl": "https://cdn.example/nets",
        "encodingFormat": "audio/mpeg",
        "duration": "PT1H0M30S",
        "datePublished": "2026-10-02T23:30:00-05:00",
        "inLanguage": "de-AT",
        "partOfSeries": {"name": "The Harbour Hour"},
    }
    head = _data(described) + _og("image", "https://site.example/nets.jpg") + _og("title", "Nets | The Harbour Hour")
    episode = _seen(head).episode
    assert episode is not None
    assert episode.publication.model_dump(exclude={"chapters"}) == {
        "title": "Nets & knots",
        "author": "The Harbour Hour",
        "duration": 3630.0,
        "language": "de",
        "thumbnail": "https://site.example/nets.jpg",
        "published": "2026-10-02",
    }
    assert episode.enclosure is not None
    assert episode.enclosure.type == "audio/mpeg"


def test_the_caption_tracks_of_a_player_come_with_it() -> None:
    body = """<video src="/v.mp4"><track kind="captions" src="/c.fr.vtt" srclang="fr"><track src="/c.srt" srclang="en">
    <track kind="chapters" src="/chapters.vtt"></video>"""
    episode = _seen("", body).episode
    assert episode is not None
    assert [(file.url.rpartition("/")[2], file.kind, file.language) for file in episode.transcripts] == [
        ("c.srt", "srt", "en"),
        ("c.fr.vtt", "vtt", "fr"),
    ]


def test_where_better_may_be_found() -> None:
    head = """<title>Ropes – The Harbour Hour</title><link rel="canonical" href="/ropes">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/c">
    <link rel="alternate" type="application/json" href="/j"><link rel="stylesheet" type="application/rss+xml" href="/s">
    <link rel="Alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml"
    href="/feed"><link rel="alternate" type="application/atom+xml" href="file:///atom">
    <link rel="alternate" type="application/atom+xml" href="/atom"><link rel="alternate" type="application/rss+xml"
    href="/third">""" + _og("title", "Ropes")
    seen = _seen(head)
    assert seen.feeds == ("https://site.example/feed", "https://site.example/atom")
    assert seen.wanted.pages == (URL, "https://site.example/ropes")
    assert seen.wanted.titles == ("Ropes", "Ropes – The Harbour Hour")


def test_a_page_in_another_encoding() -> None:
    body = '<html><head><meta charset="windows-1251"><title>Привет</title></head><audio src="/a.mp3">'.encode("cp1251")
    episode = find(body, charset=None, url=URL).episode
    assert episode is not None
    assert episode.publication.title == "Привет"


@pytest.mark.parametrize(
    "hostile",
    [
        "<a>" * 60_000,
        "<!--" * 100_000,
        "<" * 100_000,
        '<a b="' * 50_000,
        "<![CDATA[" * 50_000,
        "<!x" * 100_000,
        "<?" * 100_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        _data({"@type": "AudioObject", "contentUrl": ["x"] * 1000, "name": [1, {}]}),
        "\0\ufffe\ud7ff&#xD800;&#0;",
    ],
)
def test_hostile_markup_is_bounded(hostile: str) -> None:
    assert len(_seen("", hostile + '<video src="/v.mp4">').model_dump_json()) < 10_000


def test_what_comes_after_the_bounds_is_not_read() -> None:
    assert _address("", "<i>" * 49_000 + '<audio src="/a.mp3">') == "https://site.example/a.mp3"
    assert _address("", "<i>" * 51_000 + '<audio src="/a.mp3">') is None
    assert _address("", "x" * 2_000_000 + '<audio src="/a.mp3">') is None
