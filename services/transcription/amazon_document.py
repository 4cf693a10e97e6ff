"""The document that Amazon Transcribe leaves: words with times, speakers and confidences, in order.

Read in both formats that exist: of today (ids, audio segments, a speaker on every item) and of before 2024 (speakers
to be found by time). All numbers but ids are strings, punctuation has no times. Members that nobody knows are ignored.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, Field, ValidationError

from services.transcription.amazon_languages import iso_of
from services.transcription.amazon_text import Piece, spelled
from services.transcription.sound import Span
from services.vocabulary.base import Value
from services.vocabulary.errors import OperatorError
from services.vocabulary.transcript import Word


class _Alternative(BaseModel):
    content: str = ""
    confidence: float | None = None  # personal data that was left out has none


class _Item(BaseModel):
    type: str
    alternatives: list[_Alternative] = []
    start_time: float | None = None
    end_time: float | None = None
    speaker_label: str | None = None


class _Labeled(BaseModel):
    start_time: float
    end_time: float
    speaker_label: str | None = None


class _Turn(_Labeled):
    items: list[_Labeled] = []


class _SpeakerLabels(BaseModel):
    segments: list[_Turn] = []


class _Channel(BaseModel):
    channel_label: str
    items: list[_Item] = []


class _ChannelLabels(BaseModel):
    channels: list[_Channel] = []


class _AudioSegment(_Labeled):
    transcript: str = ""


class _Text(BaseModel):
    transcript: str = ""


class _Spoken(BaseModel):
    language_code: str
    duration_in_seconds: float = 0.0


class _Results(BaseModel):
    transcripts: list[_Text]
    items: list[_Item]
    language_code: str | None = None
    language_codes: list[_Spoken] = []
    speaker_labels: _SpeakerLabels | None = None
    channel_labels: _ChannelLabels | None = None
    audio_segments: list[_AudioSegment] = []


class _Whole(BaseModel):
    results: _Results
    is_redacted: bool = Field(default=False, alias="isRedacted")
    status: str = Field(default="COMPLETED", pattern="^COMPLETED$")


class Heard(Value):
    """A document, read: `words` in order with the white space before each, `labels` who says each (empty: unknown).

    `speech` is where somebody was heard, apart and in order. `language` is an ISO 639-1 code, None where it is not
    said. `redacted` says that personal data was left out.
    """

    words: tuple[Word, ...]
    labels: tuple[str, ...]
    speech: tuple[Span, ...]
    language: str | None
    redacted: bool = False


def read_document(data: bytes, language: str | None = None) -> Heard:
    """Read a document; takes a while for a long one, so call it in a thread. Raises OperatorError for anything else.

    `language` (ISO 639-1) is what the job says, because only a document whose language was identified tells it.
    """
    try:
        document = _Whole.model_validate(json.loads(data))
    except (ValidationError, ValueError, RecursionError) as error:
        raise OperatorError(
            "This is no transcript of an Amazon Transcribe job (call analytics and data automation write others): "
            "let nothing else write to the bucket's transcripts"
        ) from error
    results = document.results
    language = _language(results) or language
    labels = _labels(results)
    pieces = [_piece(item, label) for item, label in zip(results.items, labels, strict=True)]
    text = "\n".join(part.transcript for part in results.audio_segments or results.transcripts)
    words, speakers = spelled([piece for piece in pieces if piece.text], text, language)
    return Heard(
        words=words,
        labels=speakers,
        speech=tuple(_speech(results, words)),
        language=language,
        redacted=document.is_redacted,
    )


def _language(results: _Results) -> str | None:
    """The language that was identified; of several, the one most was said in."""
    if results.language_codes:
        most = max(results.language_codes, key=lambda spoken: spoken.duration_in_seconds)
        return iso_of(most.language_code)
    return iso_of(results.language_code) if results.language_code else None


def _piece(item: _Item, label: str) -> Piece:
    best = item.alternatives[0] if item.alternatives else _Alternative()
    if item.type == "punctuation" or item.start_time is None or item.end_time is None:
        return Piece(text=best.content, label=label)
    sure = 1.0 if best.confidence is None else min(1.0, max(0.0, best.confidence))
    return Piece(text=best.content, label=label, times=(item.start_time, item.end_time), probability=sure)


def _labels(results: _Results) -> Iterator[str]:
    """The speaker of each item: its own label, else who has a word at that time, else whoever speaks before."""
    by_time = _by_time(results)
    last = ""
    for item in results.items:
        if item.speaker_label:
            last = item.speaker_label
        elif item.start_time is not None and item.end_time is not None:
            content = item.alternatives[0].content if item.alternatives else ""
            times = (item.start_time, item.end_time)
            last = by_time.get((*times, content)) or by_time.get((*times, "")) or last
        yield last


def _by_time(results: _Results) -> dict[tuple[float, float, str], str]:
    """Who says the word that starts and ends then (with its content, where channels say it: two may be alike)."""
    found: dict[tuple[float, float, str], str] = {}
    for turn in results.speaker_labels.segments if results.speaker_labels else ():
        for word in turn.items:
            if label := word.speaker_label or turn.speaker_label:
                found[word.start_time, word.end_time, ""] = label
    for channel in results.channel_labels.channels if results.channel_labels else ():
        for item in channel.items:
            if item.start_time is not None and item.end_time is not None and item.alternatives:
                found[item.start_time, item.end_time, item.alternatives[0].content] = channel.channel_label
    return found


def _speech(results: _Results, words: Sequence[Word]) -> list[Span]:
    """Where somebody was heard to speak: all words, and the stretches that the document names but has no word of.

    Its stretches are not taken whole, because they hold silences of any length, which nobody failed to hear.
    """
    turns: list[_Labeled] = [*results.speaker_labels.segments] if results.speaker_labels else []
    named = [(part.start_time, part.end_time) for part in (*turns, *results.audio_segments)]
    starts = [word.start for word in words]
    empty = [span for span in named if bisect_left(starts, span[0]) == bisect_left(starts, span[1])]
    joined: list[Span] = []
    for start, end in sorted([*empty, *((word.start, word.end) for word in words)]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
