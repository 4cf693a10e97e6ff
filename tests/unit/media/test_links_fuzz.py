"""Whatever is pasted: a link or a refusal, and the same link again from its own address."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.media.links import identify, identify_list
from services.media.links.address import LONGEST
from services.vocabulary.errors import UserError
from services.vocabulary.source import Link

_PIECES = st.sampled_from(
    [
        *(
            "https://",
            "http://",
            "HTTP:",
            "//",
            "/",
            "\\",
            "@",
            ":",
            "?",
            "#",
            "&",
            "=",
            "%",
            "{",
            "}",
            "[",
            "]",
            ".",
            "..",
        ),
        *("youtu.be", "www.youtube.com", "vimeo.com", "player.vimeo.com", "loom.com", "soundcloud.com", "evil.example"),
        *(
            "podcasts.apple.com",
            "watch",
            "?v=",
            "embed",
            "share",
            "video",
            "podcast",
            "id123456",
            "?i=1000123456",
            "@who",
        ),
        *("dQw4w9WgXcQ", "76979871", "0123456789abcdef" * 2, "list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf", "#t=1m30s"),
        *(
            "%2e%2e",
            "%4%31",
            "%C3%A9",
            "%00",
            "a.mp3",
            "feed.xml",
            "utm_source=x",
            "&u=/",
            "é",
            "\u3042",
            "\u200d",
            "ß",
            ":80",
        ),
    ]
)
_ADDRESSES = st.one_of(
    st.text(max_size=80),
    st.text(max_size=60).map(lambda rest: f"https://example.org/{rest}"),
    st.text(max_size=40).map(lambda host: f"https://{host}/a.mp3"),
    st.lists(_PIECES, max_size=9).map("".join),
    st.lists(_PIECES, max_size=8).map(lambda pieces: f"https://{''.join(pieces)}"),
)
many = settings(max_examples=150, deadline=None)


def _identified(url: str) -> Link | None:
    try:
        return identify(url)
    except UserError:
        return None


@many
@given(_ADDRESSES)
@example("https://example.org/%4%31")
@example("https://example.org/..//evil.example")
@example("https://example.org/?%75tm_source=x")
@example("https://example.org/?&&")
@example("https://\uff59outube.com/watch?v=dQw4w9WgXcQ")
def test_anything_is_a_link_or_refused_and_the_link_is_stable(url: str) -> None:
    link = _identified(url)
    if link is None:
        return
    again = identify(link.url)
    assert again.identity == link.identity
    assert again.url == link.url
    assert again.moment_url == link.moment_url
    assert link.url.isascii()
    assert link.url.isprintable()
    assert not set(link.url) & set(' <>"\\{}|^`')
    assert len(link.url) <= LONGEST
    assert link.start is None or 0 < link.start < 10_000_000


@many
@given(_ADDRESSES, st.integers(0, 86_400))
def test_a_moment_is_an_address_of_the_same_recording_at_that_second(url: str, seconds: int) -> None:
    link = _identified(url)
    if link is None or link.moment_url is None:
        return
    moment = identify(link.moment_url.format(seconds=seconds))
    assert moment.identity == link.identity
    assert moment.start == (seconds or None)


@many
@given(st.sampled_from([".mp3", ".webm"]), st.text("{}!:.[]0azs%", max_size=30))
def test_braces_of_an_address_never_reach_the_pattern(suffix: str, name: str) -> None:
    link = identify(f"https://example.org/x{name}{suffix}?{name}")
    assert link.moment_url is not None
    assert link.moment_url.format(seconds=7) == f"{link.url}#t=7"


@many
@given(_ADDRESSES)
def test_a_list_is_stable_too(url: str) -> None:
    try:
        found = identify_list(url)
    except UserError:
        return
    assert found is None or identify_list(found.url) == found
