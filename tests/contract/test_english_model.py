"""A model that knows English only needs not be asked which language it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.vocabulary.errors import UserError
from services.vocabulary.media import Audio
from tests.contract.test_transcriber import ignored, local, talk  # noqa: F401 - a fixture

pytestmark = [pytest.mark.models, pytest.mark.soak]


async def test_it_hears_english_without_being_told(talk: Audio, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    transcriber = await local("tiny.en")
    try:
        transcript = await transcriber.transcribe(talk, report=ignored)
        with pytest.raises(UserError, match="does not know"):
            await transcriber.transcribe(talk, report=ignored, language="de")
    finally:
        await transcriber.close()
    assert transcript.language == "en"
    assert "lighthouse" in transcript.text.lower()
