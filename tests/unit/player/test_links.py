from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.player.links import LinkExpired, LinkForged, PlayerLinks

KEY = b"0123456789abcdef0123456789abcdef"
NOW = 1_795_224_385.0
DAY = 86_400
RECAP = "T0SANDBOX01:C0GENERAL01:1795224385.000100:F0123ABCD"


@pytest.fixture
def links() -> PlayerLinks:
    return PlayerLinks(KEY, public_url="https://earshot.example/")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.floats(0, 4e9))
def test_a_token_leads_back_to_its_recap(recap_id: str, now: float) -> None:
    links = PlayerLinks(KEY, public_url="https://earshot.example")
    token = links.sign(recap_id, now)
    assert links.verify(token, now) == recap_id
    assert re.fullmatch(r"[\w-]+\.[\w-]{22}", token)


def test_a_link_lasts_thirty_days_to_the_end_of_the_day(links: PlayerLinks) -> None:
    token = links.sign(RECAP, NOW)
    assert links.verify(token, NOW + 30 * DAY) == RECAP
    with pytest.raises(LinkExpired):
        links.verify(token, NOW + 31 * DAY)


def test_links_of_one_day_are_equal(links: PlayerLinks) -> None:
    midnight = NOW // DAY * DAY
    assert links.sign(RECAP, midnight) == links.sign(RECAP, midnight + DAY - 1)


def test_no_single_changed_letter_passes(links: PlayerLinks) -> None:
    token = links.sign(RECAP, NOW)
    for at, letter in enumerate(token):
        other = token[:at] + ("A" if letter != "A" else "B") + token[at + 1 :]
        with pytest.raises(LinkForged):
            links.verify(other, NOW)


@pytest.mark.parametrize("token", ["", ".", "a.b", "x" * 5_000, "é.ü", "AAAA.AAAA", "..", "=.=", "a b.c"])
def test_nonsense_is_forged(links: PlayerLinks, token: str) -> None:
    with pytest.raises(LinkForged):
        links.verify(token, NOW)


@given(st.text())
def test_whatever_somebody_sends_is_an_answer_not_a_crash(token: str) -> None:
    with pytest.raises(LinkForged):
        PlayerLinks(KEY, public_url="https://earshot.example").verify(token, NOW)


def test_another_key_makes_other_links(links: PlayerLinks) -> None:
    with pytest.raises(LinkForged):
        PlayerLinks(KEY[::-1], public_url="https://x.example").verify(links.sign(RECAP, NOW), NOW)


def test_the_expiry_cannot_be_moved(links: PlayerLinks) -> None:
    body, mac = links.sign(RECAP, NOW).split(".")
    payload = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    later = base64.urlsafe_b64encode(b"\xff\xff\xff\xff" + payload[4:]).rstrip(b"=").decode()
    with pytest.raises(LinkForged):
        links.verify(f"{later}.{mac}", NOW)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        PlayerLinks(b"short", public_url="https://x.example")


def test_the_opener_opens_the_second(links: PlayerLinks) -> None:
    assert links.opener(RECAP, NOW)(83.9) == f"https://earshot.example/r/{links.sign(RECAP, NOW)}#t=83"
