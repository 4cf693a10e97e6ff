"""The spoken summary as it is kept: with the seconds of its sentences, and without them where it was made before."""

from __future__ import annotations

import json
from pathlib import Path

from bot.settings import Settings
from services.vocabulary.recap import Narration
from services.workflows.stages import Stages
from tests.fakes.engines import fake_engines
from tests.fakes.recaps import sample_recap

_TRANSCRIPT, _SUMMARY = "T1/transcripts/m/t.json", "T1/summaries/m/s.json"


async def _narrate(stages: Stages) -> Narration:
    recap = sample_recap()
    await stages._keep(_TRANSCRIPT, recap.transcript)
    await stages._keep(_SUMMARY, recap.summary)
    return await stages.narrate("T1", _TRANSCRIPT, _SUMMARY)


async def test_marks_are_kept_and_found_again(tmp_path: Path) -> None:
    async with fake_engines()(Settings(data_dir=tmp_path), lambda *_: None) as engines:
        narration = await _narrate(engines.stages)
        assert narration.marks
        assert " ".join(mark.text for mark in narration.marks) == " ".join(narration.text.split())
        assert await engines.stages.narrate("T1", _TRANSCRIPT, _SUMMARY) == narration


async def test_a_narration_of_before_there_were_marks_is_still_read(tmp_path: Path) -> None:
    async with fake_engines()(Settings(data_dir=tmp_path), lambda *_: None) as engines:
        made = await _narrate(engines.stages)
        assert made.key
        old = made.model_dump(mode="json", exclude={"marks"})
        await engines.blobs.write(made.key.replace(".mp3", ".json"), json.dumps(old).encode())
        assert await engines.stages.narrate("T1", _TRANSCRIPT, _SUMMARY) == made.model_copy(update={"marks": ()})
