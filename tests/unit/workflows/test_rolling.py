"""While a deployment rolls, what a newer process wrote is read by an older one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from services.answering.replies import AnswerReply
from services.vocabulary.recap import Narration
from services.workflows.requests import RecapRequest
from tests.fakes.recaps import sample_recap


def test_fields_of_a_later_edition_are_left_out() -> None:
    narration = Narration(text="Hello.", language="en")
    assert Narration.model_validate(narration.model_dump() | {"colour": "red"}) == narration
    request = RecapRequest(team="T1", channel="C1", thread_ts="1.1", ts="1.1", user="U1", arrived=1.0)
    assert RecapRequest.model_validate(request.model_dump() | {"mood": {"good": True}}) == request
    recap = sample_recap()
    later = recap.model_dump(mode="json")
    later["summary"]["smell"] = "none"
    assert type(recap).model_validate(later) == recap


def test_what_a_model_invents_is_refused() -> None:
    assert AnswerReply.model_json_schema()["additionalProperties"] is False
    with pytest.raises(ValidationError):
        AnswerReply.model_validate({"found": False, "invented": 1})
