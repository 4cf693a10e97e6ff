"""The estimate of what an hour of audio costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.costs import AS_OF, MODELS, VOICES, Rates, Use, hour, rates_of, table

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


def test_the_profile_of_an_area_costs_a_tenth_more_than_the_global_one() -> None:
    name = "anthropic.claude-sonnet-5-5"
    everywhere, europe = rates_of(f"global.{name}", {}), rates_of(f"eu.{name}", {})
    assert everywhere == rates_of(name, {}) == MODELS[name]
    assert europe
    assert europe.output_tokens == pytest.approx(1.1 * MODELS[name].output_tokens)
    assert europe.transcribe_minute == MODELS[name].transcribe_minute


def test_prices_of_ones_own_go_first_and_an_unknown_model_has_none() -> None:
    own = {"eu.anthropic.claude-sonnet-5-5": Rates(input_tokens=7, output_tokens=8, cached_tokens=1)}
    assert rates_of("eu.anthropic.claude-sonnet-5-5", own) == own["eu.anthropic.claude-sonnet-5-5"]
    assert rates_of("somebody.model-9", own) is None
