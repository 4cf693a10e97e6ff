"""Sixty spellings and more, each with the one identity that it means."""

from __future__ import annotations

import pytest

from services.media.links import identify, identify_list
from services.media.links.moments import seconds_of
from services.vocabulary.errors import UserError

ID = "dQw4w9WgXcQ"
HEX = "0123456789abcdef0123456789abcdef"
LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"

YOUTUBE = [
    f"https://www.youtube.com/watch?v={ID}",
    f"http://youtube.com/watch?v={ID}",
    f"https://m.youtube.com/watch?v={ID}&feature=youtu.be",
    f"https://music.youtube.com/watch?v={ID}&si=abc",
    f"https://WWW.YouTube.COM./watch?v={ID}",
    f"https://www.youtube.com:443/watch?v={ID}",
    f"https://www.youtube.com/watch?v={ID}&list={LIST}&index=3&pp=x",
    f"https://www.youtube.com/watch?list={LIST}&v={ID}",
    f"https://www.youtube.com/watch?app=desktop&v={ID}#comments",
    f"https://www.youtube.com/watch/?v={ID}",
    f"https://www.youtube.com/watch/{ID}",
    f"https://www.youtube.com/?v={ID}",
    f"https://youtu.be/{ID}",
    f"https://youtu.be/{ID}/",
    f"https://youtu.be/{ID}?si=AbCdEf&list={LIST}",
    f"https://youtu.be/watch?v={ID}",
    f"https://www.youtube.com/shorts/{ID}?feature=share",
    f"https://www.youtube.com/live/{ID}?si=x",
    f"https://www.youtube.com/embed/{ID}?rel=0",
    f"https://www.youtube-nocookie.com/embed/{ID}?controls=0",
    f"https://youtube-nocookie.com/embed/{ID}",
    f"https://www.youtube.com/v/{ID}?version=3",
    f"https://www.youtube.com/e/{ID}",
    f"https://www.youtube.com/attribution_link?a=tolCzpA7CrY&u=%2Fwatch%3Fv%3D{ID}%26feature%3Dshare",
    f"https://www.youtube.com/redirect?u=/watch%3Fv%3D{ID}",
    f"https://www.youtube.com/watch?v={ID}?t=30",
    f"https://www.youtube.com/%77atch?v={ID}",
    "https://www.youtube.com/a/../watch?v=%64Qw4w9WgXcQ",
    f"  https://www.youtube.com/watch?v={ID}\n",
]
OTHERS = [
    ("https://vimeo.com/76979871", "vimeo:76979871"),
    ("http://www.vimeo.com/76979871?share=copy#t=10s", "vimeo:76979871"),
    ("https://player.vimeo.com/video/76979871?autoplay=1", "vimeo:76979871"),
    ("https://vimeo.com/channels/staffpicks/76979871", "vimeo:76979871"),
    ("https://vimeo.com/groups/motion/videos/76979871", "vimeo:76979871"),
    ("https://vimeo.com/showcase/1234567/video/76979871", "vimeo:76979871"),
    ("https://vimeo.com/76979871/a1b2c3d4e5", "vimeo:76979871:a1b2c3d4e5"),
    ("https://player.vimeo.com/video/76979871?h=a1b2c3d4e5", "vimeo:76979871:a1b2c3d4e5"),
    ("https://vimeo.com/blog/post/hello", "web:https://vimeo.com/blog/post/hello"),
    (f"https://www.loom.com/share/{HEX}", f"loom:{HEX}"),
    (f"https://loom.com/share/{HEX}?sid=9b0c&t=12", f"loom:{HEX}"),
    (f"https://www.loom.com/embed/{HEX.upper()}", f"loom:{HEX}"),
    (f"https://www.loom.com/share/Weekly-Update-{HEX}", f"loom:{HEX}"),
    ("https://soundcloud.com/Some-Artist/Some_Track", "soundcloud:some-artist/some_track"),
    ("https://m.soundcloud.com/some-artist/some_track?utm_source=mobi", "soundcloud:some-artist/some_track"),
    ("https://soundcloud.com/some-artist/some_track/s-AbC12#t=1:30", "soundcloud:some-artist/some_track/s-AbC12"),
    ("https://on.soundcloud.com/AbCdE", "web:https://on.soundcloud.com/AbCdE"),
    ("https://podcasts.apple.com/us/podcast/a-title/id1531349107?i=1000748574256", "apple:1531349107:1000748574256"),
    ("https://podcasts.apple.com/podcast/id1531349107?i=1000748574256", "apple:1531349107:1000748574256"),
    ("https://itunes.apple.com/de/podcast/id1531349107?mt=2&i=1000748574256", "apple:1531349107:1000748574256"),
    ("https://embed.podcasts.apple.com/us/podcast/x/id1531349107?i=1000748574256", "apple:1531349107:1000748574256"),
    ("https://podcasts.apple.com/us/podcast/a-title/id1531349107", "apple:1531349107"),
    ("https://cdn.example.org/Ep%201.MP3?utm_source=rss#t=90", "web:https://cdn.example.org/Ep%201.MP3"),
    ("HTTPS://CDN.Example.org:443/a/./b/../ep.m4a", "web:https://cdn.example.org/a/ep.m4a"),
    ("http://example.org:8080/talk.webm", "web:http://example.org:8080/talk.webm"),
    ("https://example.org/hls/master.m3u8?token=1", "web:https://example.org/hls/master.m3u8?token=1"),
    ("https://example.org/dash/manifest.mpd", "web:https://example.org/dash/manifest.mpd"),
    ("https://feeds.example.org/show", "web:https://feeds.example.org/show"),
    ("https://example.org/podcast.rss", "web:https://example.org/podcast.rss"),
    ("https://example.org/podcast/feed/", "web:https://example.org/podcast/feed/"),
    ("https://example.org", "web:https://example.org/"),
    ("https://example.org/?b=2&a=1&fbclid=x&UTM_Medium=y&ref=z", "web:https://example.org/?b=2&a=1"),
    ("https://example.org/p?utm_source=x#section", "web:https://example.org/p"),
    ("https://example.org/p?q=a+b&&c&d=", "web:https://example.org/p?q=a+b&c&d="),
    ("https://example.org/%7euser/%C3%A9?x=%2f", "web:https://example.org/~user/%C3%A9?x=%2F"),
    ("https://example.org/é", "web:https://example.org/%C3%A9"),
    ("https://bücher.example/", "web:https://xn--bcher-kva.example/"),
    ("https://faß.example/", "web:https://xn--fa-hia.example/"),
    ("https://example.org/%2e%2e/a", "web:https://example.org/a"),
    ("https://example.org/100%", "web:https://example.org/100%25"),
    ("https://example.org/a//b/", "web:https://example.org/a//b/"),
    ("https://[2001:DB8:0:0::1]:443/a", "web:https://[2001:db8::1]/a"),
]
# Each of these only looks like a place that is known; the egress policy decides on what they resolve to.
GENERIC = [
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://evil.example/youtube.com/watch?v=dQw4w9WgXcQ",
    "https://evil.example/?u=https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.evil.example/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
    "https://xn--yotube-dzc.example/watch?v=dQw4w9WgXcQ",
    "https://y\u043eutube.com/watch?v=dQw4w9WgXcQ",  # the second letter is Cyrillic
    "https://vimeo.com.evil.example/76979871",
    "https://evilvimeo.com/76979871",
    "https://zoom.us.evil.example/j/123",
    "https://open.spotify.com.evil.example/episode/1",
    "https://audible.com.evil.example/pd/x",
    "https://music.amazon.com.evil.example/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.0.1:8080/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/",
    "http://intranet/",
]


@pytest.mark.parametrize("url", YOUTUBE)
def test_every_spelling_of_a_youtube_video_is_that_video(url: str) -> None:
    link = identify(url)
    assert link.identity == f"youtube:{ID}"
    assert link.url == f"https://www.youtube.com/watch?v={ID}"
    assert link.moment_url == f"https://www.youtube.com/watch?v={ID}&t={{seconds}}s"
    assert link.certain


@pytest.mark.parametrize(("url", "identity"), OTHERS)
def test_every_spelling_has_the_identity_of_its_recording(url: str, identity: str) -> None:
    link = identify(url)
    assert link.identity == identity
    assert identify(link.url).identity == identity


def test_the_table_is_as_long_as_was_promised() -> None:
    assert len({*YOUTUBE, *(url for url, _ in OTHERS)}) >= 60


@pytest.mark.parametrize("url", GENERIC)
def test_look_alikes_and_odd_hosts_are_only_pages(url: str) -> None:
    link = identify(url)
    assert link.identity == f"web:{link.url}"
    assert not link.certain


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (f"https://youtu.be/{ID}?t=90", 90),
        (f"https://youtu.be/{ID}?t=90s", 90),
        (f"https://youtu.be/{ID}?si=x&t=1m30s", 90),
        (f"https://www.youtube.com/watch?v={ID}&t=1h2m3s", 3723),
        (f"https://www.youtube.com/watch?v={ID}#t=1:30", 90),
        (f"https://www.youtube.com/watch?v={ID}#t=1h", 3600),
        (f"https://www.youtube.com/embed/{ID}?start=754&end=800", 754),
        (f"https://www.youtube.com/attribution_link?u=/watch%3Fv%3D{ID}%26t%3D12s", 12),
        (f"https://youtu.be/{ID}?t=0", None),
        (f"https://youtu.be/{ID}?t=soon", None),
        (f"https://youtu.be/{ID}?t={'9' * 400}", None),
        ("https://vimeo.com/76979871#t=1m30s", 90),
        ("https://player.vimeo.com/video/76979871#t=90.5s", 90.5),
        (f"https://www.loom.com/share/{HEX}?t=12", 12),
        ("https://soundcloud.com/some-artist/track#t=1:02:03", 3723),
        ("https://example.org/a.mp3#t=10,20", 10),
        ("https://example.org/a.mp4#t=npt:0:02:00.5,121", 120.5),
        ("https://example.org/a.mp4#t=,20", None),
        ("https://example.org/a.mp4#track=1&t=7", 7),
        ("https://example.org/a.mp4#t=smpte:10", None),
    ],
)
def test_the_second_that_was_linked(url: str, start: float | None) -> None:
    assert identify(url).start == start


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (f"https://youtu.be/{ID}?t=5", f"https://www.youtube.com/watch?v={ID}&t=1h"),
        ("https://vimeo.com/76979871#t=5s", "https://player.vimeo.com/video/76979871#t=6"),
        ("https://example.org/a.mp3#t=5", "https://example.org/a.mp3#t=npt:6"),
    ],
)
def test_spellings_that_name_a_second_differ_in_their_start_alone(early: str, late: str) -> None:
    assert identify(early) != identify(late)
    assert identify(early).model_copy(update={"start": None}) == identify(late).model_copy(update={"start": None})


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1m", 60), ("1m5", 65), ("2h", 7200), ("90.25", 90.25), ("01:02", 62), ("1:2:3", 3723), ("", None)],
)
def test_times(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["s", "-5", "1e9", "1:", ":5", "1h2h", "1s2m", "5 5", "\u0665", "inf", "nan", "0x10"])
def test_what_is_no_time(text: str) -> None:
    assert seconds_of(text) is None


@pytest.mark.parametrize(
    ("url", "at_90"),
    [
        (f"https://youtu.be/{ID}", f"https://www.youtube.com/watch?v={ID}&t=90s"),
        ("https://vimeo.com/76979871/a1b2c3d4e5", "https://vimeo.com/76979871/a1b2c3d4e5#t=90s"),
        (f"https://loom.com/embed/{HEX}", f"https://www.loom.com/share/{HEX}?t=90"),
        ("https://example.org/a.mp3?k={0}", "https://example.org/a.mp3?k=%7B0%7D#t=90"),
        (
            "https://example.org/{seconds}/{x!r:>9}}{.webm",
            "https://example.org/%7Bseconds%7D/%7Bx!r:%3E9%7D%7D%7B.webm#t=90",
        ),
    ],
)
def test_a_place_that_opens_at_a_second(url: str, at_90: str) -> None:
    pattern = identify(url).moment_url
    assert pattern is not None
    assert pattern.format(seconds=90) == at_90


@pytest.mark.parametrize(
    "url",
    ["https://soundcloud.com/a/b", "https://example.org/a.m3u8", "https://example.org/a.avi", "https://example.org/"],
)
def test_a_place_that_does_not(url: str) -> None:
    assert identify(url).moment_url is None


@pytest.mark.parametrize(
    "suffix", ["mp3", "m4a", "mp4", "mov", "webm", "ogg", "opus", "flac", "wav", "aac", "mkv", "m3u8", "mpd"]
)
def test_media_are_certain_by_their_form(suffix: str) -> None:
    assert identify(f"https://example.org/x/Talk.{suffix.upper()}?dl=1").certain


@pytest.mark.parametrize(
    ("url", "certain"),
    [
        ("https://example.org/podcast.rss", True),
        ("https://example.org/show/feed", True),
        ("https://feeds.example.org/show", True),
        ("https://example.org/podcasts/show.xml", True),
        ("https://example.org/sitemap.xml", False),
        ("https://example.org/pom.xml", False),
        ("https://example.org/article", False),
        ("https://example.org/notes.pdf", False),
        ("https://example.org/src/main.ts", False),
        ("https://example.org/mp3", False),
        ("https://example.org/?file=a.mp3", False),
        ("https://example.mp3/", False),
    ],
)
def test_what_else_shows_a_recording_by_its_form(url: str, certain: bool) -> None:  # noqa: FBT001 - a column
    assert identify(url).certain is certain


@pytest.mark.parametrize(
    ("url", "identity", "canonical"),
    [
        (
            f"https://www.youtube.com/playlist?list={LIST}&si=x",
            f"youtube-list:{LIST}",
            f"https://www.youtube.com/playlist?list={LIST}",
        ),
        (f"https://youtu.be/{ID}?list={LIST}", f"youtube-list:{LIST}", f"https://www.youtube.com/playlist?list={LIST}"),
        (
            f"https://www.youtube.com/embed/videoseries?list={LIST}",
            f"youtube-list:{LIST}",
            f"https://www.youtube.com/playlist?list={LIST}",
        ),
        (
            "https://m.youtube.com/@SomeBody/featured",
            "youtube-channel:@somebody/videos",
            "https://www.youtube.com/@somebody/videos",
        ),
        (
            "https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw/streams",
            "youtube-channel:channel/UCuAXFkgsw1L7xaCfnd5JJOw/streams",
            "https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw/streams",
        ),
        ("https://www.youtube.com/c/Some", "youtube-channel:c/some/videos", "https://www.youtube.com/c/some/videos"),
        (
            "https://podcasts.apple.com/de/podcast/x/id1531349107",
            "apple:1531349107",
            "https://podcasts.apple.com/de/podcast/id1531349107",
        ),
        (
            "https://example.org/podcast.rss?utm_source=x",
            "web:https://example.org/podcast.rss",
            "https://example.org/podcast.rss",
        ),
    ],
)
def test_lists_for_who_asks_for_their_first_ones(url: str, identity: str, canonical: str) -> None:
    found = identify_list(url)
    assert found is not None
    assert (found.identity, found.url) == (identity, canonical)
    assert identify_list(found.url) == found


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"https://www.youtube.com/watch?v={ID}&list=RD{ID}",
        "https://www.youtube.com/playlist?list=WL",
        "https://www.youtube.com/results?search_query=x",
        "https://podcasts.apple.com/us/podcast/x/id1531349107?i=1000748574256",
        "https://vimeo.com/channels/staffpicks",
        "https://example.org/a.mp3",
        "https://example.org/",
        f"https://youtube.com.evil.example/playlist?list={LIST}",
    ],
)
def test_what_names_no_list(url: str) -> None:
    assert identify_list(url) is None


def test_a_link_whose_recording_changes_is_told_by_its_list() -> None:
    """A feed and a show stand for their newest episode; a video that was opened from a playlist stays itself."""
    for moving in ("https://podcasts.apple.com/us/podcast/x/id1531349107", "https://example.org/podcast.rss"):
        link = identify(moving)
        listed = identify_list(link.url)
        assert listed is not None
        assert listed.identity == link.identity
    assert identify_list(identify(f"https://youtu.be/{ID}?list={LIST}").url) is None


def test_lists_are_read_from_web_addresses_only() -> None:
    with pytest.raises(UserError):
        identify_list("file:///podcast.rss")
