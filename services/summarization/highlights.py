"""The gist and the key points: real sentences, chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from services.summarization.ranking import Scores, pick, roughnesses
from services.summarization.reading import Reading

_PURPOSE = {
    "en": r"\b(?:going to|gonna|want to|wanted to|here to|like to|will|we'll|i'll) (?:\w+ )?(?:talk|discuss|show"
    r"|walk|present|cover|go (?:over|through)|explain|look at|review|demonstrate|design|build|decide)|\b(?:today's"
    r"|this) (?:\w+ )?(?:meeting|session|call|video|episode|talk|recording|presentation|project|product) (?:is|was"
    r"|will)|\b(?:purpose|goal|aim|objective|agenda|topic) (?:of|is|was|for|today)|\b(?:meeting|session|update"
    r"|project|episode|video|podcast|task|idea) (?:(?:is|was) )?(?:about|to)\b",
    "de": r"\b(?:heute|in diese[rm]) .*\b(?:sprechen|reden|geht es|besprechen|zeigen|vorstellen|anschauen)\b"
    r"|\b(?:ziel|thema|zweck|aufgabe) (?:ist|war|von|des|der)\b|\bes geht (?:heute )?um\b",
    "fr": r"\baujourd'hui .*\b(?:parler|discuter|montrer|présenter|voir)\b|\b(?:but|objectif|sujet|thème) (?:est|de"
    r"|du)\b|\bil s'agit de\b",
    "es": r"\bhoy .*\b(?:hablar|discutir|mostrar|presentar|ver)\b|\b(?:objetivo|tema|meta|propósito) (?:es|de|del)\b"
    r"|\bse trata de\b",
}
_AIMS, _EARLY, _ALONE = 4.0, 1.0, 0.5
"""What the gist gains by saying the aim, and early, and loses by reading badly: it stands alone at the top."""
_EARLY_SHARE, _EARLY_WORDS = 0.15, 80.0
_BLIND = 2.5
"""How much more the beginning counts in a language whose words of purpose we do not know."""
_WORDS_A_POINT = 350
_FEWEST, _MOST, _MOST_LONG = 3, 8, 10
_LONG_RECORDING = 18_000
_LEAST_TERMS, _LEAST_WORDS = 3, 6
_GISTS = 5
"""Sentences tried for the gist, should the checker find fault with the best."""


def gists(reading: Reading, scores: Scores) -> list[int]:
    """The sentences that may stand for the whole, the best first; said early or with 'we want to ...' counts for it."""
    language = reading.transcript.language
    said = np.cumsum(reading.lengths) / max(_EARLY_WORDS, _EARLY_SHARE * reading.words)
    pattern = _PURPOSE.get(language)
    early = np.exp(-said) * (1.0 if pattern else _BLIND)
    aims = np.array([bool(pattern and re.search(pattern, text, re.IGNORECASE)) for text in reading.texts])
    worth = _tellable(reading, scores) + (_EARLY + _AIMS * aims) * early - _ALONE * roughnesses(reading)
    if not np.isfinite(worth).any():
        worth = np.array(reading.lengths, dtype=np.float64)
    return [int(index) for index in np.argsort(-worth, kind="stable")[:_GISTS]]


def points(reading: Reading, scores: Scores, starts: Sequence[int], *, but: int) -> list[int]:
    """The sentences of the key points in order of time, without `but`: about one for every two or three minutes."""
    most = _MOST_LONG if reading.words > _LONG_RECORDING else _MOST
    limit = max(_FEWEST, min(most, round(reading.words / _WORDS_A_POINT)))
    tellable = _tellable(reading, scores)
    limit = min(limit, int(np.isfinite(tellable).sum() // 2))
    return sorted(pick(reading, tellable, limit, starts=starts, taken=[but]))


def _tellable(reading: Reading, scores: Scores) -> Scores:
    """The scores, minus infinity for sentences that say too little to be told."""
    enough = [
        len(set(line)) >= _LEAST_TERMS and length >= _LEAST_WORDS
        for line, length in zip(reading.terms, reading.lengths, strict=True)
    ]
    return np.where(enough, scores, -np.inf)
