"""What is the same recording, and what is the same wish for it."""

from __future__ import annotations

from typing import Any

from services.vocabulary.preference import Preference
from services.vocabulary.source import Link
from services.workflows.identities import as_wished, shared_identity
from services.workflows.preferring import preferring
from services.workflows.requests import RecapRequest

_SHARED = RecapRequest(team="T1", channel="C1", thread_ts="1.1", ts="1.1", user="U1", arrived=1.1, file_id="F1")
_LINKED = _SHARED.model_copy(update={"file_id": "", "link": Link(identity="youtube:abc", url="https://youtu.be/abc")})


def _wish(request: RecapRequest) -> str:
    return as_wished(shared_identity(request), request)


def test_another_spelling_of_a_link_is_the_same_recording() -> None:
    respelled = Link(identity="youtube:abc", url="https://www.youtube.com/watch?v=abc", start=12.0)
    assert shared_identity(_LINKED.model_copy(update={"link": respelled})) == shared_identity(_LINKED)
    assert shared_identity(_LINKED) != shared_identity(_SHARED)
    assert len(shared_identity(_LINKED)) == 64, "as wide as its column"


def test_another_language_length_or_silence_is_another_wish() -> None:
    options: tuple[dict[str, Any], ...] = (
        {},
        {"language": "de"},
        {"length": "short"},
        {"audio": False},
        {"language": "de", "length": "short"},
    )
    assert len({_wish(_SHARED.model_copy(update=option)) for option in options}) == len(options)


def test_what_a_person_prefers_in_general_is_no_other_wish() -> None:
    liked = preferring(_SHARED, Preference(language="de", length="short", audio=False))
    assert (liked.language, liked.length, liked.audio) == ("de", "short", False)
    assert _wish(liked) == _wish(_SHARED)
    asked = preferring(_SHARED.model_copy(update={"language": "fr"}), Preference(language="de", audio=False))
    assert _wish(asked) == _wish(_SHARED.model_copy(update={"language": "fr"}))
