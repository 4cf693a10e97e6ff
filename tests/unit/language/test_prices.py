"""What calls cost."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.language import Usage
from services.language.prices import Price, Prices, read_prices
from services.language.tally import total
from services.vocabulary.errors import OperatorError

MILLION = 1_000_000


def test_the_table_knows_the_models_of_the_day() -> None:
    usage = Usage(model="global.anthropic.claude-sonnet-4-6", input_tokens=1_000, output_tokens=1_000)
    assert Prices().cost(usage) == pytest.approx((3 + 15) / 1_000)


def test_what_is_read_from_the_cache_is_cheaper() -> None:
    usage = Usage(model="global.anthropic.claude-sonnet-4-6", input_tokens=100_000, cache_read_tokens=90_000)
    assert Prices().cost(usage) == pytest.approx((10_000 * 3 + 90_000 * 0.3) / MILLION)


def test_nobody_knows_the_price_of_an_unknown_model() -> None:
    assert Prices().cost(Usage(model="acme.large")) is None
    assert Prices(provider=None).cost(Usage(model="global.anthropic.claude-sonnet-4-6")) is None


def test_the_operators_price_wins(tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    path.write_text('{"acme.large": {"input": 2, "output": 8, "cache_read": 0.5}}')
    prices = Prices(read_prices(path))
    usage = Usage(
        model="acme.large",
        input_tokens=MILLION,
        output_tokens=MILLION,
        cache_read_tokens=600_000,
        cache_write_tokens=100,
    )
    assert prices.cost(usage) == pytest.approx(0.4 * 2 + 8 + 0.6 * 0.5)


@pytest.mark.parametrize("text", ["", "[]", '{"m": {"input": 1}}', '{"m": {"input": -1, "output": 1}}', '{"m": 3}'])
def test_a_wrong_file_is_refused_with_an_example(tmp_path: Path, text: str) -> None:
    path = tmp_path / "prices.json"
    path.write_text(text)
    with pytest.raises(OperatorError, match="per million tokens"):
        read_prices(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read"):
        read_prices(tmp_path / "none.json")


def test_a_sum_is_known_if_every_part_is() -> None:
    one = Usage(model="a", input_tokens=1, output_tokens=2, cost=0.5, seconds=1.5)
    assert total([one, one]) == Usage(model="a", input_tokens=2, output_tokens=4, calls=2, cost=1.0, seconds=3.0)
    assert total([one, one.model_copy(update={"cost": None})]).cost is None
    assert Price(input=1, output=2).cost(one) == pytest.approx(5 / MILLION)
