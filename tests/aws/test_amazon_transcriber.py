"""The Transcribe backend on the stand-in: what it asks for, what it leaves behind, what it pays for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws import Cloud, Heard, HeardWord, Turn, dialogue
from services.media.decode import open_decoder
from services.storage.scratch import Scratch
from services.transcription.amazon_job import Poll
from services.vocabulary.errors import OperatorError, RetryableError, UserError
from services.vocabulary.progress import Progress
from services.workflows.stages import Stages
from tests.aws.amazon import Clients, Place, clients_of, ignored, place, until
from tests.fakes.engines import FakeSummarizer, FakeSynthesizer

STARTED = "StartTranscriptionJob"
QUICKTIME = b"\x00\x00\x00\x14ftypqt  " + bytes(100)
TALK = dialogue("A: Good morning everyone.\nB: The release is on Tuesday.\nA: Then I write the notes.")


@pytest.fixture(scope="module")
def clients(_stand_ins: Cloud) -> Iterator[Clients]:
    with clients_of(_stand_ins) as made:
        yield made


@pytest.fixture
async def here(cloud: Cloud, clients: Clients, tmp_path: Path) -> AsyncIterator[Place]:
    cloud.engines.ear.heard = TALK  # type: ignore[attr-defined]
    cloud.pace.queued = cloud.pace.listening = 0.01
    async with place(cloud, clients, tmp_path) as made:
        yield made


def asked(here: Place) -> dict[str, Any]:
    """What the one job was asked for."""
    (call,) = here.cloud.journal.of(STARTED)
    return call.parameters


async def test_a_recording_is_heard_where_it_lies(here: Place) -> None:
    audio, media = await here.recording()
    found = await here.transcriber().transcribe(audio, report=ignored, original=media)

    assert [(segment.speaker, segment.text) for segment in found.segments] == [
        (0, "Good morning everyone."),
        (1, "The release is on Tuesday."),
        (0, "Then I write the notes."),
    ]
    assert (found.language, found.duration) == ("en", audio.duration)
    assert found.segments[0].words[0].probability == 0.98
    wanted = asked(here)
    assert wanted["Media"] == {"MediaFileUri": f"s3://{here.bucket}/kept/{media.key}"}
    assert wanted["TranscriptionJobName"].startswith(f"earshot-{media.id[:16]}-")
    assert wanted["Settings"] == {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 10}
    assert wanted["IdentifyLanguage"] is True
    assert wanted["Tags"] == [{"Key": "app", "Value": "earshot"}]


async def test_the_job_and_what_it_wrote_are_gone_afterwards(here: Place) -> None:
    audio, media = await here.recording()
    await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert here.cloud.parts.transcribe.jobs == {}
    kept = {key for key in await here.objects() if key != media.key}
    assert len(kept) == 1
    assert kept.pop().startswith(f"T1/transcripts/{media.id}/"), "it goes with the transcripts of the recording"


@pytest.mark.parametrize("name", ["talk.wav", "talk.flac", "talk.mp3"])
async def test_formats_that_are_taken_are_sent_as_they_are(here: Place, name: str) -> None:
    audio, media = await here.recording(name)
    await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert asked(here)["Media"]["MediaFileUri"].endswith(str(media.key))


async def test_what_is_not_taken_is_sent_as_flac(here: Place) -> None:
    audio, media = await here.recording("talk.mov", data=QUICKTIME)
    await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert asked(here)["Media"]["MediaFileUri"].endswith(".flac")
    assert not [key for key in await here.objects() if key.endswith(".flac")]


@pytest.mark.parametrize("change", [{"damaged": True}, {"header_duration": 60.0}], ids=["damaged", "odd times"])
async def test_a_file_whose_times_may_differ_is_sent_as_flac(here: Place, change: dict[str, Any]) -> None:
    audio, media = await here.recording()
    await here.transcriber().transcribe(audio.model_copy(update=change), report=ignored, original=media)
    assert asked(here)["Media"]["MediaFileUri"].endswith(".flac")


async def test_a_recording_that_is_kept_elsewhere_or_has_no_file_is_sent_as_flac(here: Place) -> None:
    audio, media = await here.recording()
    await here.transcriber().transcribe(audio, report=ignored, original=media.model_copy(update={"key": "T1/media/x"}))
    await here.transcriber().transcribe(audio, report=ignored)
    uris = [call.parameters["Media"]["MediaFileUri"] for call in here.cloud.journal.of(STARTED)]
    assert [uri.endswith(".flac") for uri in uris] == [True, True]


async def test_a_file_that_the_job_refuses_is_sent_once_more_as_flac(here: Place) -> None:
    audio, media = await here.recording("odd.mp3", data=b"ID3" + bytes(100))
    found = await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert found.segments
    uris = [call.parameters["Media"]["MediaFileUri"][-5:] for call in here.cloud.journal.of(STARTED)]
    assert uris[1:] == [".flac"]
    assert here.cloud.parts.transcribe.jobs == {}


async def test_sound_that_is_refused_in_every_form_is_said_so(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.parts.transcribe.work.limits.seconds = 1.0
    with pytest.raises(UserError, match="convert it to mp3"):
        await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert await here.objects() == {media.key}
    assert here.cloud.parts.transcribe.jobs == {}


async def test_a_language_and_speakers_are_asked_for(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.parts.transcribe.vocabularies.add("begriffe")
    options = {"languages": ["en-GB", "de-CH"], "vocabulary": "de=begriffe"}
    with pytest.raises(OperatorError, match="no language of"):
        here.transcriber(**{**options, "vocabulary": "de-DE=begriffe"})
    ears = here.transcriber(languages=["en-GB", "de-CH"], vocabulary="de-CH=begriffe")
    found = await ears.transcribe(audio, report=ignored, original=media, language="de", speakers=4)
    assert found.language == "de"
    wanted = asked(here)
    assert wanted["LanguageCode"] == "de-CH", "the one in the settings"
    assert wanted["Settings"] == {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 4, "VocabularyName": "begriffe"}


@pytest.mark.parametrize(("speakers", "most"), [(None, 10), (1, 2), (99, 30)])
async def test_the_hint_is_kept_within_what_the_service_takes(here: Place, speakers: int | None, most: int) -> None:
    audio, media = await here.recording()
    found = await here.transcriber().transcribe(audio, report=ignored, original=media, speakers=speakers)
    assert asked(here)["Settings"]["MaxSpeakerLabels"] == most
    assert len(found.speakers) == (1 if speakers == 1 else 2)


async def test_one_of_the_languages_of_the_settings_is_identified(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.parts.transcribe.vocabularies.add("terms")
    ears = here.transcriber(languages=["en-GB", "de-DE"], vocabulary="terms")
    found = await ears.transcribe(audio, report=ignored, original=media)
    wanted = asked(here)
    assert wanted["LanguageOptions"] == ["en-GB", "de-DE"]
    assert wanted["LanguageIdSettings"] == {"en-GB": {"VocabularyName": "terms"}}
    assert found.language == "en"


async def test_the_only_language_of_the_settings_is_not_identified(here: Place) -> None:
    audio, media = await here.recording()
    await here.transcriber(languages=["en-GB"]).transcribe(audio, report=ignored, original=media)
    assert asked(here)["LanguageCode"] == "en-GB"
    assert "IdentifyLanguage" not in asked(here)


async def test_personal_data_is_left_out(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.engines.ear.heard = dialogue("A: Call me at 555-123-4567 tomorrow.")  # type: ignore[attr-defined]
    found = await here.transcriber(redact_pii=True).transcribe(audio, report=ignored, original=media)
    assert asked(here)["ContentRedaction"] == {"RedactionType": "PII", "RedactionOutput": "redacted"}
    assert found.text == "Call me at [PII] tomorrow."
    assert len(await here.objects()) == 2


async def test_a_language_in_which_nothing_can_be_left_out_is_the_operators_matter(here: Place) -> None:
    audio, media = await here.recording()
    with pytest.raises(OperatorError, match="TRANSCRIBE_REDACT_PII"):
        await here.transcriber(redact_pii=True).transcribe(audio, report=ignored, original=media, language="ja")


async def test_what_the_job_writes_is_encrypted_with_the_operators_key(here: Place) -> None:
    audio, media = await here.recording()
    await here.transcriber(kms_key="alias/earshot").transcribe(audio, report=ignored, original=media)
    assert asked(here)["OutputEncryptionKMSKeyId"] == "alias/earshot"


async def test_a_stage_tells_which_recording_its_sound_came_from(here: Place, tmp_path: Path) -> None:
    _, media = await here.recording("talk.mp3")
    async with open_decoder() as decoder:
        stages = Stages(
            blobs=here.blobs,
            transcriber=here.transcriber(),
            summarizer=FakeSummarizer(),
            synthesizer=FakeSynthesizer(),
            scratch=Scratch(tmp_path / "stages"),
            decoder=decoder,
            longest=3600,
            places=4,
        )
        key = await stages.hear("T1", media, arrived=0.0, report=ignored, subject="T1:C1:1.1:F1")
    assert (await stages.transcript(key)).text.startswith("Good morning everyone.")
    assert asked(here)["Media"]["MediaFileUri"].endswith(str(media.key))


async def test_an_unknown_language_is_said_so(here: Place) -> None:
    audio, media = await here.recording()
    with pytest.raises(UserError, match="'xx'"):
        await here.transcriber().transcribe(audio, report=ignored, original=media, language="xx")


async def test_progress_grows(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.pace.listening = 0.5
    states: list[Progress] = []
    await here.transcriber().transcribe(audio, report=states.append, original=media)
    fractions = [state.fraction or 0.0 for state in states]
    assert fractions == sorted(fractions)
    assert len(set(fractions)) > 3
    assert fractions[-1] == 1.0


async def test_an_event_wakes_the_poll(here: Place) -> None:
    audio, media = await here.recording()
    ears = here.transcriber(poll=Poll(first=30, longest=30))
    loop = asyncio.get_running_loop()

    def heard_of(event: dict[str, Any]) -> None:
        loop.call_soon_threadsafe(ears.notify, event["detail"]["TranscriptionJobName"])

    here.cloud.parts.transcribe.work.on_event = heard_of
    here.cloud.pace.listening = 0.3
    async with asyncio.timeout(15):
        assert (await ears.transcribe(audio, report=ignored, original=media)).segments
    assert here.cloud.journal.count("GetTranscriptionJob") <= 4, "before the start, after it, and after two events"


async def interrupted(here: Place, audio: Any, media: Any) -> None:
    """Start a job, and be gone before its result."""
    here.cloud.pace.listening = 0.4
    task = asyncio.create_task(here.transcriber().transcribe(audio, report=ignored, original=media))
    await until(lambda: here.cloud.journal.succeeded(STARTED))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("name", ["talk.mp3", "talk.mov"])
async def test_a_crash_after_the_start_pays_nothing_twice(here: Place, name: str) -> None:
    audio, media = await here.recording(name, data=None if name.endswith("mp3") else QUICKTIME)
    await interrupted(here, audio, media)
    assert len(here.cloud.parts.transcribe.jobs) == 1, "the job goes on"
    assert (await here.transcriber().transcribe(audio, report=ignored, original=media)).segments
    assert here.cloud.journal.count(STARTED) == 1


async def test_a_crash_after_the_end_pays_nothing_twice(here: Place) -> None:
    """Between the end of `transcribe` and the moment at which its result is recorded by the caller."""
    audio, media = await here.recording()
    first = await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert await here.transcriber().transcribe(audio, report=ignored, original=media) == first
    assert here.cloud.journal.count(STARTED) == 1


async def test_a_crash_while_it_is_sent_as_flac_does_not_try_the_file_again(here: Place) -> None:
    audio, media = await here.recording("odd.mp3", data=b"ID3" + bytes(100))
    task = asyncio.create_task(here.transcriber().transcribe(audio, report=ignored, original=media))
    await until(lambda: len(here.cloud.journal.succeeded(STARTED)) == 2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await here.transcriber().transcribe(audio, report=ignored, original=media)).segments
    assert here.cloud.journal.count(STARTED) == 2


async def test_one_recording_shared_twice_at_once_is_heard_once(here: Place) -> None:
    audio, media = await here.recording()
    ears = here.transcriber()
    found = await asyncio.gather(*(ears.transcribe(audio, report=ignored, original=media) for _ in range(3)))
    assert found[0] == found[1] == found[2]
    assert here.cloud.journal.count(STARTED) == 1


async def test_two_processes_hear_one_recording_once(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.pace.listening = 0.3
    found = await asyncio.gather(
        *(here.transcriber().transcribe(audio, report=ignored, original=media) for _ in range(2))
    )
    assert found[0] == found[1]
    assert len(here.cloud.journal.succeeded(STARTED)) == 1


async def test_two_workspaces_do_not_share_a_job(here: Place) -> None:
    audio, media = await here.recording(team="T1")
    _, other = await here.recording(team="T2")
    ears = here.transcriber()
    await asyncio.gather(*(ears.transcribe(audio, report=ignored, original=one) for one in (media, other)))
    names = {call.parameters["TranscriptionJobName"] for call in here.cloud.journal.succeeded(STARTED)}
    assert len(names) == 2
    assert {key.split("/")[0] for key in await here.objects() if "transcripts" in key} == {"T1", "T2"}


async def test_a_job_that_disappears_is_started_again(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.pace.listening = 30.0
    task = asyncio.create_task(here.transcriber().transcribe(audio, report=ignored, original=media))
    await until(lambda: here.cloud.journal.succeeded(STARTED))
    here.cloud.pace.listening = 0.05
    await asyncio.to_thread(
        here.client.delete_transcription_job, TranscriptionJobName=asked(here)["TranscriptionJobName"]
    )
    assert (await task).segments
    assert here.cloud.journal.count(STARTED) == 2


async def test_a_document_that_disappears_is_written_again(here: Place) -> None:
    audio, media = await here.recording()
    await interrupted(here, audio, media)
    name = asked(here)["TranscriptionJobName"]
    await until(lambda: here.cloud.parts.transcribe.jobs[name].status == "COMPLETED")
    await here.blobs.delete("T1/transcripts")
    assert (await here.transcriber().transcribe(audio, report=ignored, original=media)).segments
    assert here.cloud.journal.count(STARTED) == 2


async def test_troubles_while_waiting_are_waited_out(here: Place) -> None:
    audio, media = await here.recording()
    for kind in ("throttle", "internal", "drop"):
        here.cloud.faults.add("GetTranscriptionJob", kind, skip=1, times=2)
        here.cloud.faults.add(STARTED, kind, times=1)
    assert (await here.transcriber().transcribe(audio, report=ignored, original=media)).segments
    assert len(here.cloud.journal.succeeded(STARTED)) == 1
    assert not here.cloud.faults.waiting()


async def test_a_service_that_stays_away_is_tried_later(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.faults.add("GetTranscriptionJob", "internal", skip=1, times=0)
    with pytest.raises(RetryableError, match="busy"):
        await here.transcriber().transcribe(audio, report=ignored, original=media)
    here.cloud.faults.reset()
    assert (await here.transcriber().transcribe(audio, report=ignored, original=media)).segments
    assert here.cloud.journal.count(STARTED) == 1


async def test_no_permission_is_the_operators_matter(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.faults.add(STARTED, "denied")
    with pytest.raises(OperatorError, match="transcribe:StartTranscriptionJob"):
        await here.transcriber().transcribe(audio, report=ignored, original=media)


async def test_all_places_taken_is_waited_for(here: Place) -> None:
    here.cloud.parts.transcribe.most_jobs = 1
    here.cloud.pace.listening = 0.2
    ears = here.transcriber()
    shared = [await here.recording(f"{number}.wav", seconds=20.0 + number) for number in range(3)]
    found = await asyncio.gather(*(ears.transcribe(audio, report=ignored, original=media) for audio, media in shared))
    assert all(transcript.segments for transcript in found)
    assert len(here.cloud.journal.succeeded(STARTED)) == 3


async def test_a_job_that_fails_can_be_tried_again(here: Place) -> None:
    audio, media = await here.recording()
    real = here.cloud.engines.ear.hear

    async def broken(*_: Any, **__: Any) -> Heard:
        raise OSError("the service's own trouble")

    here.cloud.engines.ear.hear = broken  # type: ignore[method-assign]
    try:
        with pytest.raises(RetryableError, match="Internal service failure"):
            await here.transcriber().transcribe(audio, report=ignored, original=media)
    finally:
        here.cloud.engines.ear.hear = real  # type: ignore[method-assign]
    assert (await here.transcriber().transcribe(audio, report=ignored, original=media)).segments


async def test_nothing_said_is_no_segment(here: Place) -> None:
    audio, media = await here.recording()
    here.cloud.engines.ear.heard = Heard("en", ())  # type: ignore[attr-defined]
    found = await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert (found.segments, found.speakers, found.language, found.speech) == ((), (), "und", 0.0)


async def test_words_never_lie_behind_the_end(here: Place) -> None:
    audio, media = await here.recording(seconds=5.0)
    words = tuple(HeardWord(f"word{n}", n * 0.9, n * 0.9 + 0.8) for n in range(10))
    here.cloud.engines.ear.heard = Heard("en", (Turn(0, 0.0, 9.0, words),))  # type: ignore[attr-defined]
    found = await here.transcriber().transcribe(audio, report=ignored, original=media)
    assert found.segments[-1].end <= 5.0
    assert found.speech <= 5.0
