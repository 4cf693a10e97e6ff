"""Names for voices that rules alone could not name: a model proposes, the words decide."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import structlog

from services.evidence.folding import fold, unmask
from services.evidence.material import Line, fenced, lines, with_gaps
from services.evidence.prompts import ground_rules, load
from services.evidence.room import Room
from services.evidence.steering import steering_segments
from services.language import LanguageModel, Prompt
from services.language.spending import Spending
from services.summarization.introductions import Introductions
from services.summarization.replies import NamesReply, SpeakerName
from services.vocabulary.errors import EarshotError
from services.vocabulary.transcript import Speaker, Transcript

_log = structlog.get_logger(__name__)
_PROMPT = Path(__file__).parent / "prompts" / "names.md"
_SURE = 0.6
_MOST_TOKENS = 12_000
_AROUND = 1
_BEGINNING = 40
"""Lines from the start that are always read: that is where people say who they are."""
_NAME = re.compile(r"[^\W\d_]+(?:['\u2019.-]?[^\W\d_]+)*\.?(?: [^\W\d_]+(?:['\u2019.-]?[^\W\d_]+)*\.?){0,3}")
_NOBODY = "unknown none null nobody speaker voice host guest interviewer unbekannt inconnu desconocido"
_CAPITAL = re.compile(r"(?<=[\w,] )[^\W\d_a-z]\w+")


async def propose_names(model: LanguageModel, transcript: Transcript, *, subject: str = "") -> Transcript:
    """The transcript with names for voices without one where a model finds them and the words prove them.

    Never another name for a voice that has one, never one name for two voices, and never somebody who is only talked
    about. A voice of which the words say nothing stays 'Speaker n'. Raises nothing where the model is down or refuses:
    then the transcript comes back as it was. One call, of at most 12,000 tokens of transcript. `subject` is as in
    `Prompt`.
    """
    nameless = [speaker for speaker in transcript.speakers if speaker.name is None]
    if not nameless or not any(segment.text.strip() for segment in transcript.segments):
        return transcript
    prompt = await asyncio.to_thread(_prompt, model, transcript, nameless)
    try:
        reply = await Spending(model, subject).ask(prompt, NamesReply)
    except (EarshotError, ValueError) as error:
        _log.warning("no names from the language model", error=str(error))
        return transcript
    return await asyncio.to_thread(_named, transcript, nameless, reply.speakers)


def _prompt(model: LanguageModel, transcript: Transcript, nameless: Sequence[Speaker]) -> Prompt:
    file, rules = load(_PROMPT), ground_rules()
    room = Room(model.context, model.tokens)
    question = file.filled(labels=", ".join(speaker.label for speaker in nameless))
    left = min(_MOST_TOKENS, room.left(rules.text, question, reply=file.max_tokens))
    return Prompt(
        instructions=rules.text,
        material=fenced(with_gaps(_telling(transcript, left, model))),
        question=question,
        purpose=file.name,
        max_tokens=room.reply(file.max_tokens),
        effort=file.effort,
    )


def _telling(transcript: Transcript, room: int, model: LanguageModel) -> list[Line]:
    """The lines that may say who somebody is: the first ones, and those with a capital inside a sentence."""
    every = lines(transcript)
    wanted = dict.fromkeys(range(min(_BEGINNING, len(every))))
    for index, line in enumerate(every):
        if _CAPITAL.search(line.text.partition("): ")[2]):
            wanted.update(dict.fromkeys(range(max(0, index - _AROUND), min(len(every), index + _AROUND + 1))))
    wanted.update(dict.fromkeys(range(len(every))))
    kept: list[Line] = []
    for index in wanted:
        room -= model.tokens(every[index].text) + 2
        if room < 0:
            break
        kept.append(every[index])
    return kept


def _named(transcript: Transcript, nameless: Sequence[Speaker], proposed: Sequence[SpeakerName]) -> Transcript:
    """The transcript with the names that are proved."""
    words, steering = Introductions(transcript), steering_segments(transcript)
    labels = {fold(speaker.label): speaker.id for speaker in nameless}
    found: dict[int, Speaker] = {}
    for each in proposed:
        speaker, name = labels.get(fold(each.speaker.strip())), " ".join(unmask(each.name).split())
        if speaker is None or each.confidence < _SURE or not _is_name(name):
            continue
        proof = words.proof(speaker, name, [s for s in each.segments if s not in steering])
        if proof and not set(proof) & steering:
            found[speaker] = transcript.speaker(speaker).model_copy(update={"name": name, "evidence": proof})
    taken = Counter(
        part for s in (*found.values(), *transcript.speakers) if s.name for part in set(fold(s.name).split())
    )
    kept = {i: s for i, s in found.items() if all(taken[part] == 1 for part in set(fold(s.name or "").split()))}
    return transcript.model_copy(update={"speakers": tuple(kept.get(s.id, s) for s in transcript.speakers)})


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not set(fold(name).split()) & set(_NOBODY.split())
