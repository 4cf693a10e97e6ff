from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackClientNotConnectedError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from services.publishing.slack_errors import code_of, refused, slack_errors
from services.vocabulary.errors import OperatorError, RetryableError, UserError


def answered(status: int = 200, **answer: object) -> SlackApiError:
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="chat.postMessage",
        req_args={},
        data=dict(answer),
        headers={},
        status_code=status,
    )
    return SlackApiError("the request failed", response)


def translated(error: Exception) -> Exception:
    with pytest.raises(Exception) as caught, slack_errors():  # noqa: PT011 - which one it is, is the question
        raise error
    return caught.value


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "restricted_action", "file_uploads_disabled"])
def test_what_a_person_can_mend_is_a_sentence_for_people(code: str) -> None:
    error = translated(answered(ok=False, error=code))
    assert isinstance(error, UserError)
    assert code not in str(error)
    assert code_of(error) == code


def test_a_missing_scope_is_named_for_the_operator() -> None:
    error = translated(answered(ok=False, error="missing_scope", needed="files:write", provided="chat:write"))
    assert isinstance(error, OperatorError)
    assert "files:write" in str(error)


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
def test_a_bad_token_is_for_the_operator(code: str) -> None:
    assert isinstance(translated(answered(ok=False, error=code)), OperatorError)


@pytest.mark.parametrize(
    "error",
    [
        answered(429, ok=False, error="ratelimited"),
        answered(503),
        answered(200, ok=False, error="fatal_error"),
        answered(502, ok=False, error="weird_gateway"),
        aiohttp.ServerDisconnectedError(),
        TimeoutError(),
        SlackClientNotConnectedError(),
    ],
)
def test_what_passes_is_worth_another_try(error: Exception) -> None:
    assert isinstance(translated(error), RetryableError)


def test_our_own_mistake_stays_what_it_is() -> None:
    mistake = answered(ok=False, error="invalid_blocks")
    assert translated(mistake) is mistake


@pytest.mark.parametrize(
    ("error", "sure"),
    [
        (answered(ok=False, error="not_in_channel"), True),
        (answered(429, ok=False, error="ratelimited"), True),
        (answered(ok=False, error="invalid_blocks"), True),
        (answered(ok=False, error="fatal_error"), False),
        (answered(503), False),
        (aiohttp.ServerDisconnectedError(), False),
    ],
)
def test_only_a_clear_no_means_that_nothing_was_written(error: Exception, *, sure: bool) -> None:
    assert refused(translated(error)) is sure
