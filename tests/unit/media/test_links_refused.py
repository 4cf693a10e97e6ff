"""Forty addresses and more that are refused, each for its own reason and with a way forward."""

from __future__ import annotations

import pytest

from services.media.links import identify
from services.vocabulary.errors import UserError

SCHEME = "only web links"
USER = "name or password"
HOST = "names no site"
UNREADABLE = "cannot read the site's name"
HIDDEN = "spaces or invisible characters"
MANY = "first 3"
LISTS = "one video at a time"
NO_VIDEO = "names no video"
DRM = "DRM"
MEETING = "joins a meeting"

REFUSED = [
    ("file:///etc/hosts", SCHEME),
    ("ftp://example.org/a.mp3", SCHEME),
    ("javascript:alert(1)", SCHEME),
    ("data:audio/mpeg;base64,AAAA", SCHEME),
    ("gopher://example.org/", SCHEME),
    ("ytsearch:cats", SCHEME),
    ("blob:https://example.org/1", SCHEME),
    ("//example.org/a.mp3", SCHEME),
    ("example.org/a.mp3", SCHEME),
    ("-o/tmp/x", SCHEME),
    ("", SCHEME),
    ("https://user:pw@example.org/a.mp3", USER),
    ("https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ", USER),
    ("https://@example.org/", USER),
    ("https:///a.mp3", HOST),
    ("https:example.org/a.mp3", HOST),
    ("http://:80/", HOST),
    ("https://exa mple.org/", HIDDEN),
    ("https://example.org/a\nHost: evil.example", HIDDEN),
    ("https://example.org/\x00.mp3", HIDDEN),
    ("https://example.org/\u202e3pm.exe", HIDDEN),
    ("https://you\u200btube.com/", HIDDEN),
    ("https://example.org/\ud800", HIDDEN),
    ("https://example.org\\@evil.example/", "backslash"),
    ("https:\\\\example.org\\a.mp3", "backslash"),
    ("https://example.org/" + "a" * 2048, "longer than 2048"),
    ("https://example.org/" + "\u3042" * 1000, "longer than 2048"),
    ("https://%65xample.org/", UNREADABLE),
    ("https://example..org/", UNREADABLE),
    ("https://exa$mple.org/", UNREADABLE),
    ("https://{seconds}.example.org/", UNREADABLE),
    ("https://" + "a" * 64 + ".example/", UNREADABLE),
    ("https://" + "a." * 130 + "example/", UNREADABLE),
    ("https://" + "\u3042" * 300 + ".example/", UNREADABLE),
    ("https://\u2100.example/", UNREADABLE),
    ("https://example.org:99999/", UNREADABLE),
    ("https://example.org:0/", UNREADABLE),
    ("https://example.org:-1/", UNREADABLE),
    ("https://[::1/", UNREADABLE),
    ("https://youtube.com[::1]/", UNREADABLE),
    ("https://[fe80::1%25{eth0}]/", UNREADABLE),
    ("https://[v1.{x}]/", UNREADABLE),
    ("https://www.youtube.com/playlist?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf", MANY),
    ("https://www.youtube.com/watch?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf", MANY),
    ("https://www.youtube.com/embed/videoseries?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf", MANY),
    ("https://www.youtube.com/@somebody", MANY),
    ("https://www.youtube.com/@somebody/live", MANY),
    ("https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw", MANY),
    ("https://www.youtube.com/c/Somebody/videos", MANY),
    ("https://www.youtube.com/user/somebody", MANY),
    ("https://www.youtube.com/playlist?list=WL", "for one viewer alone"),
    ("https://www.youtube.com/playlist?list=RDdQw4w9WgXcQ", "for one viewer alone"),
    ("https://www.youtube.com/feed/subscriptions", LISTS),
    ("https://www.youtube.com/results?search_query=cats", LISTS),
    ("https://www.youtube.com/hashtag/cats", LISTS),
    ("https://www.youtube.com/", LISTS),
    ("https://www.youtube.com/clip/UgkxAbCdEf", "does not name its video"),
    ("https://www.youtube.com/redirect?q=https://evil.example/", "way to another page"),
    ("https://www.youtube.com/attribution_link?u=https://evil.example/watch?v=dQw4w9WgXcQ", "way to another page"),
    ("https://www.youtube.com/attribution_link?u=//evil.example/watch?v=dQw4w9WgXcQ", NO_VIDEO),
    ("https://www.youtube.com/attribution_link?u=/%09/evil.example/embed/dQw4w9WgXcQ", HIDDEN),
    ("https://www.youtube.com/attribution_link?u=/%5Cevil.example/", "backslash"),
    ("https://www.youtube.com/attribution_link?u=/attribution_link%3Fu%3D/watch", "way to another page"),
    ("https://www.youtube.com/watch?v=short", NO_VIDEO),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQQ", NO_VIDEO),
    ("https://www.youtube.com/watch?v=dQw4w9WgX%26Q", NO_VIDEO),
    ("https://youtu.be/", LISTS),
    ("https://vimeo.com/channels/staffpicks", LISTS),
    ("https://vimeo.com/showcase/1234567", LISTS),
    ("https://www.loom.com/share/folder/0123456789abcdef0123456789abcdef", "Loom folder"),
    ("https://soundcloud.com/some-artist", "one at a time"),
    ("https://soundcloud.com/some-artist/sets/album", "one at a time"),
    ("https://soundcloud.com/some-artist/likes", "one at a time"),
    ("https://soundcloud.com/discover/sets/x", "one at a time"),
    ("https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk", "RSS feed"),
    ("https://spotify.link/AbCd", DRM),
    ("https://www.netflix.com/watch/80100172", DRM),
    ("https://play.max.com/video/watch/1", DRM),
    ("https://www.disneyplus.com/video/1", DRM),
    ("https://tv.apple.com/us/movie/x/umc.cmc.1", DRM),
    ("https://www.audible.co.uk/pd/Book/B000000000", DRM),
    ("https://music.apple.com/us/album/x/1", DRM),
    ("https://music.amazon.de/albums/B000000000", DRM),
    ("https://listen.tidal.com/track/1", DRM),
    ("https://us02web.zoom.us/j/123456789?pwd=abc", MEETING),
    ("https://acme.zoom.us/my/room", MEETING),
    ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0", MEETING),
    ("https://teams.live.com/meet/123", MEETING),
    ("https://meet.google.com/abc-defg-hij", MEETING),
    ("https://acme.webex.com/meet/somebody", MEETING),
]


@pytest.mark.parametrize(("url", "reason"), REFUSED)
def test_it_is_refused_with_its_reason(url: str, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        identify(url)
    assert reason in str(caught.value)


@pytest.mark.parametrize("url", [url for url, _ in REFUSED])
def test_the_reason_is_one_sentence_with_a_way_forward(url: str) -> None:
    with pytest.raises(UserError) as caught:
        identify(url)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert ". " not in sentence
    assert any(way in sentence for way in ("paste", "copy", "attach"))
    assert "evil" not in sentence  # nothing of the stranger's is repeated


def test_the_table_is_as_long_as_was_promised() -> None:
    assert len({url for url, _ in REFUSED}) >= 40


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.zoom.us/rec/share/AbCdEf",
        "https://acme.webex.com/recordingservice/sites/acme/recording/1",
        "https://www.audible-podcasts.example/",
        "https://podcasts.apple.com/us/browse",
        "https://www.loom.com/pricing",
        "https://soundcloud.com/pages/contact",
        "https://soundcloud.com/",
        "https://maxmax.com/",
    ],
)
def test_neighbours_of_refused_places_pass(url: str) -> None:
    assert identify(url).identity.startswith("web:")
