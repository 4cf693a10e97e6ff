"""The words of yt-dlp and of the sites' players, and what people are told instead."""

from __future__ import annotations

import pytest

from services.media.sites.reasons import Reason, Refused, Unavailable, reason_of, refusal, site_name

YOUTUBE = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
NOISE = ["Requested format is not available", "No video formats found!"]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies", Reason.BLOCKED),
        ("All player responses are invalid. Your IP is likely being blocked by Youtube", Reason.BLOCKED),
        ("Video unavailable. YouTube is requiring a captcha challenge before playback", Reason.BLOCKED),
        ("Unable to download API page: HTTP Error 429: Too Many Requests", Reason.BUSY),
        ("This content isn't available. The current session has been rate-limited by YouTube", Reason.BUSY),
        ("Sign in to confirm your age. This video may be inappropriate for some users.", Reason.AGE),
        ("Private video. Sign in if you've been granted access to this video", Reason.PRIVATE),
        ("Join this channel to get access to members-only content like this video", Reason.MEMBERS),
        ("This video requires payment to watch", Reason.MEMBERS),
        ("Video unavailable. The uploader has not made this video available in your country", Reason.REGION),
        ("This video is not available from your location due to geo restriction", Reason.REGION),
        ("This video is DRM protected", Reason.DRM),
        ("Premieres in 3 hours", Reason.UPCOMING),
        ("This live event will begin in 2 days.", Reason.UPCOMING),
        ("This live stream recording is not available.", Reason.ENDED),
        ("Video unavailable. This video has been removed by the uploader", Reason.GONE),
        ("This video is no longer available because the account has been terminated.", Reason.GONE),
        ("Unable to download webpage: HTTP Error 404: Not Found", Reason.GONE),
        ("This video is only available for registered users. Use --cookies", Reason.LOGIN),
        ("Unsupported URL: https://news.example/article", Reason.UNSUPPORTED),
        ("Unable to download webpage: HTTP Error 403: egress-policy", Reason.FORBIDDEN),
        ("No connection adapters were found for 'file:///etc/hostname'", Reason.FORBIDDEN),
        ("[Errno 27] File too large", Reason.TOO_LARGE),
        ("The read operation timed out", Reason.UNREACHABLE),
        ("HTTP Error 503: Service Unavailable", Reason.UNREACHABLE),
        ("web client https formats require a GVS PO Token which was not provided", Reason.NO_SOUND),
        ("something new", Reason.BROKEN),
    ],
)
def test_each_wording_has_its_reason(message: str, reason: Reason) -> None:
    assert reason_of([message]) is reason
    if reason is not Reason.BROKEN:
        assert reason_of([*NOISE, message]) is reason, "and noise around it changes nothing"


def test_addresses_and_asides_are_not_taken_for_reasons() -> None:
    assert reason_of(["Unsupported URL: https://news.example/private-video-removed"]) is Reason.UNSUPPORTED
    asides = [
        "Some formats have been skipped as they are DRM protected",
        "SABR is forced for the current session",
    ]
    assert reason_of([*asides, *NOISE]) is Reason.NO_SOUND


def test_noise_alone_says_that_the_sound_is_withheld() -> None:
    assert reason_of(NOISE) is Reason.NO_SOUND


def test_every_reason_has_a_sentence_of_its_own_that_names_the_site_and_a_way_forward() -> None:
    errors = {reason: refusal(reason, YOUTUBE) for reason in Reason}
    sentences = [str(error) for error in errors.values()]
    assert len(set(sentences)) == len(Reason)
    assert all("{" not in sentence and sentence.endswith(".") for sentence in sentences)
    assert all(any(way in sentence for way in ("attach", "paste", "check", "share")) for sentence in sentences)
    passing = {reason for reason, error in errors.items() if isinstance(error, Unavailable)}
    assert passing == {Reason.BUSY, Reason.UNREACHABLE, Reason.TOO_SLOW}
    assert all(error.reason is reason for reason, error in errors.items())


def test_an_upcoming_one_says_when_if_that_is_known() -> None:
    error = refusal(Reason.UPCOMING, YOUTUBE, starts=0)
    assert isinstance(error, Refused)
    assert "It has not begun yet: paste" in str(error)
    assert "it starts on 01 January 2026 at 00:00 UTC" in str(refusal(Reason.UPCOMING, YOUTUBE, starts=1767225600))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (YOUTUBE, "YouTube"),
        ("https://music.youtube.com/watch?v=a", "YouTube"),
        ("https://player.vimeo.com/video/1", "Vimeo"),
        ("https://www.example.org/a", "example.org"),
        ("https://youtube.com.example.org/", "youtube.com.example.org"),
    ],
)
def test_sites_are_called_by_the_names_that_people_know(url: str, name: str) -> None:
    assert site_name(url) == name
