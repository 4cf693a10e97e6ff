"""The settings as people write them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.settings import Settings


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("no-env-file"))


def test_voices_and_engines_are_lists_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLLY_VOICES", " en=Amy, de = Vicki,")
    monkeypatch.setenv("POLLY_ENGINES", "neural, long-form")
    settings = Settings()
    assert settings.polly_voices == {"en": "Amy", "de": "Vicki"}
    assert settings.polly_engines == ("neural", "long-form")


def test_what_is_not_said_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POLLY_VOICES", "POLLY_ENGINES", "TRANSCRIBE_CHUNK_MINUTES", "TRANSCRIBE_QUEUE_ROLE"):
        monkeypatch.setenv(name, "")
    settings = Settings()
    assert settings.polly_voices == {}
    assert settings.polly_engines == ("generative", "neural", "standard")
    assert settings.transcribe_chunk_minutes is None
    assert settings.transcribe_queue_role is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POLLY_VOICES", "Amy"),
        ("POLLY_VOICES", "en=,de=Vicki"),
        ("POLLY_ENGINES", "best"),
        ("POLLY_ENGINES", ","),
        ("TRANSCRIBE_CHUNK_MINUTES", "0.5"),
    ],
)
def test_what_cannot_be_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()
