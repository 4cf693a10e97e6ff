"""The estimate of what an hour of audio costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.costs import AS_OF, MODELS, VOICES, Rates, Use, hour, table

DOCS = Path(__file__).resolve().parents[2] / "docs/costs.md"


def test_an_hour_is_heard_read_and_spoken_at_the_rates_given() -> None:
    rates = Rates(transcribe_minute=0.01, input_tokens=1, output_tokens=10, cached_tokens=0.1, characters=20)
    use = Use(tokens=10_000, passes=2, written=1000, questions=10, answered=100, spoken=1000, readings=1)
    cost = hour(rates, use)
    assert cost.hearing == pytest.approx(0.6)
    assert cost.thinking == pytest.approx((2 * 10_000 * 1 + 10 * 10_000 * 0.1 + (1000 + 10 * 100) * 10) / 1e6)
    assert cost.speaking == pytest.approx(0.02)
    assert cost.total == pytest.approx(cost.hearing + cost.thinking + cost.speaking)


def test_every_model_costs_more_than_its_hearing() -> None:
    for rates in MODELS.values():
        assert hour(rates).total > hour(rates).hearing == pytest.approx(1.44)
        assert rates.cached_tokens < rates.input_tokens < rates.output_tokens
        assert rates.characters == VOICES["generative"]


def test_the_published_table_is_that_of_the_code() -> None:
    text = DOCS.read_text()
    assert table() in text
    assert AS_OF in text
