from __future__ import annotations

import numpy as np
import pytest

from services.evidence.embeddings import LexicalEmbedder, embedder_for
from services.evidence.queries import is_about_saying, named_speakers, understand, unknown_person
from services.evidence.retrieval import Retriever
from services.evidence.spreading import scaled, spread
from services.vocabulary.transcript import Speaker, Transcript
from tests.unit.answering.launch import meeting, transcript

SPEAKERS = (
    Speaker(id=0, name="Grace Hopper"),
    Speaker(id=1),
    Speaker(id=2, name="Professor C"),
    Speaker(id=3, name="Will"),
)


def test_the_discussion_comes_first_not_the_one_sentence_with_the_word() -> None:
    query = understand("What did they discuss about the launch date?", meeting().transcript)
    best = [passage.first for passage in meeting().passages(query)[:8]]
    text = " ".join(meeting().transcript.segments[i].text for i in best)
    assert "September first" in text
    assert "offline mode" in text
    assert "tickets" not in text


def test_every_sentence_is_in_the_ranking_once() -> None:
    passages = meeting().passages(understand("pricing", meeting().transcript))
    assert sorted((p.first, p.last) for p in passages) == sorted((s.first, s.last) for s in meeting().sentences)
    assert all(0 <= p.relevance <= 1 for p in passages)


def test_a_word_of_like_meaning_finds_what_was_said_otherwise() -> None:
    relevance = meeting().relevance(understand("recruiting staff", meeting().transcript))
    assert "hire" in meeting().texts[int(np.argmax(relevance))]


def test_a_recording_without_words_has_no_passages() -> None:
    empty = Transcript(language="und", duration=5)
    assert Retriever(empty, LexicalEmbedder()).passages(understand("pricing", empty)) == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("What did Grace Hopper say?", [0]),
        ("what did grace hopper think", [0]),
        ("Hopper's view", [0]),
        ("what did hopper say", [0]),
        ("What did speaker 2 promise?", [1]),
        ("What did the professor think about it?", [2]),
        ("the salary of a professor", []),
        ("what will they do about it", []),
        ("grace is a virtue", []),
    ],
)
def test_speakers_are_known_by_their_names(text: str, speakers: list[int]) -> None:
    found = list(named_speakers(text, SPEAKERS[:3] if "will" in text else SPEAKERS))
    assert found == speakers


def test_what_a_speaker_said_is_told_from_what_is_about_a_speaker() -> None:
    assert is_about_saying("What did Grace Hopper say about it?", SPEAKERS)
    assert is_about_saying("Grace Hopper's opinion on it", SPEAKERS)
    assert not is_about_saying("When did Grace Hopper leave?", SPEAKERS)


def test_a_person_whom_the_recording_does_not_know_is_noticed() -> None:
    assert unknown_person("What did Bob say about pricing?", meeting().transcript) == "Bob"
    assert unknown_person("What did Mary say about pricing?", meeting().transcript) is None
    assert unknown_person("What did Priya say about pricing?", meeting().transcript) is None


def test_the_topic_is_what_is_left_of_a_question() -> None:
    query = understand("Please summarize the discussion about what Mary thinks of pricing", transcript())
    assert query.topic == "pricing"
    assert query.summary
    assert not query.whole
    assert understand("Summarize the whole meeting", transcript()).whole
    assert understand("What was this about?", transcript()).whole


def test_evidence_fades_with_distance() -> None:
    values = np.array([[0.0], [1.0], [0.0], [0.0]], dtype=np.float32)
    near = spread(values, np.array([0, 10, 20, 40], dtype=np.float32), 10.0)[:, 0]
    assert near == pytest.approx([np.exp(-1), 1, np.exp(-1), np.exp(-3)], rel=1e-5)


def test_scaling_goes_from_nothing_to_one_and_makes_nothing_of_equals() -> None:
    assert scaled(np.array([2, 4, 3], dtype=np.float32)).tolist() == [0, 1, 0.5]
    assert scaled(np.array([2, 2], dtype=np.float32)).tolist() == [0, 0]
    assert scaled(np.array([], dtype=np.float32)).tolist() == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_vectors_have_length_one_or_nothing(language: str) -> None:
    vectors = embedder_for(language).embed(["the price is high", "価格は高いです", ""])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)
    assert vectors.dtype == np.float32
    assert embedder_for(language).embed([]).shape[0] == 0


def test_like_meanings_are_near() -> None:
    near, far = (
        embedder_for("en").embed(["the cost of the product", "a walk in the forest"])
        @ embedder_for("en").embed(["price"])[0]
    )
    assert near > far + 0.2
