"""`python -m bot costs`: what models have cost, summed from what was kept, and the estimate before it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.__main__ import main
from bot.accounts import show_costs
from bot.bootstrap import open_store
from bot.settings import Settings
from services.storage.database import migrate, open_database
from services.storage.recaps import Recaps
from services.storage.schema import recaps
from services.summarization.outputs import Output
from services.vocabulary.errors import OperatorError
from services.vocabulary.recap import Summary
from services.workflows.outputs import outputs_of

SONNET, HAIKU = "global.anthropic.claude-sonnet-5-5", "global.anthropic.claude-haiku-5-5"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


async def keep(settings: Settings, recap_id: str, month: int, summary: Summary, key: str = "") -> None:
    """A recap of that month of 2026 with its summary; `key` where another recap has the same."""
    key = key or f"T1/summaries/m{recap_id[-1]}/s.json"
    database = await asyncio.to_thread(lambda: open_database(settings.tables_url))
    try:
        await Recaps(database).open(recap_id, team="T1", channel="C1", thread_ts="1.0", user="U1", request={})
        await Recaps(database).change(recap_id, summary_key=key)
        async with database.begin() as connection:
            asked = datetime(2026, month, 3, tzinfo=UTC)
            await connection.execute(update(recaps).where(recaps.c.id == recap_id).values(created_at=asked))
    finally:
        await database.dispose()
    async with open_store(settings) as blobs:
        await blobs.write(key, summary.model_dump_json().encode())


def summary(model: str, cost: float | None, calls: int = 2) -> Summary:
    return Summary(language="en", model=model, calls=calls, input_tokens=9000, output_tokens=700, cost=cost)


async def printed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> str:
    await show_costs(settings)
    return capsys.readouterr().out


async def test_what_was_spent_is_summed_by_month_and_model(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await migrate(settings.tables_url)
    await keep(settings, "T1:C1:1.0:F1", 10, summary(SONNET, 0.25))
    await keep(settings, "T1:C1:2.0:F2", 11, summary(SONNET, 0.5))
    await keep(settings, "T1:C1:3.0:F3", 11, summary(SONNET, 0.125))
    await keep(settings, "T1:C1:4.0:F4", 11, summary(HAIKU, None, calls=3))
    await keep(settings, "T1:C1:5.0:F5", 11, summary(SONNET, 0.5), key="T1/summaries/m2/s.json")
    await keep(settings, "T1:C1:6.0:F6", 11, Summary(language="en", engine="extractive"))
    notes = Output(name="show_notes", title="", body="", language="en", citations=(), model=HAIKU, calls=1, cost=0.0625)
    async with open_store(settings) as blobs:
        await blobs.write(f"{outputs_of('T1:C1:1.0:F1')}/show_notes.json", notes.model_dump_json().encode())
    told = (await printed(settings, capsys)).splitlines()
    rows = [line.split() for line in told if line.startswith("2026-")]
    assert rows == [
        ["2026-10", HAIKU, "1", "1", "0", "0", "0", "0.0625"],
        ["2026-10", SONNET, "1", "2", "9000", "0", "700", "0.2500"],
        ["2026-11", HAIKU, "1", "3", "9000", "0", "700", "0.0000"],
        ["2026-11", SONNET, "2", "4", "18000", "0", "1400", "0.6250"],
    ]
    assert "All of it: 0.9375" in told
    assert "Not in it: 3 calls of models whose price is not known (set MODEL_PRICES)." in told


async def test_without_a_database_there_is_the_estimate_and_none_is_made(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await printed(settings, capsys)
    assert any(line.split() == [SONNET, "1.44", "0.21", "0.11", "1.76"] for line in told.splitlines())
    assert "nothing was spent" in told
    assert not await asyncio.to_thread(settings.data_dir.exists)


async def test_a_summary_that_was_deleted_is_not_in_the_sum(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await migrate(settings.tables_url)
    await keep(settings, "T1:C1:1.0:F1", 10, summary(SONNET, 0.25))
    async with open_store(settings) as blobs:
        await blobs.delete("T1/summaries")
    assert "nothing was spent" in await printed(settings, capsys)


async def test_prices_of_ones_own_are_in_the_estimate(
    settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    prices = tmp_path / "prices.json"
    await asyncio.to_thread(prices.write_text, json.dumps({"our-model": {"input": 0, "output": 100}}))
    own = {"model_url": "http://127.0.0.1:1/v1", "model_name": "our-model", "model_prices": prices}
    told = await printed(settings.model_copy(update=own), capsys)
    assert any(line.split() == ["our-model", "1.44", "1.00", "0.11", "2.55"] for line in told.splitlines())
    unknown = await printed(settings.model_copy(update={**own, "model_prices": None}), capsys)
    assert any(line.startswith("our-model") and "MODEL_PRICES" in line for line in unknown.splitlines())


async def test_the_voice_of_the_settings_is_in_the_estimate(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await printed(settings.model_copy(update={"polly_engines": ("neural", "standard")}), capsys)
    assert any(line.split() == [SONNET, "1.44", "0.21", "0.06", "1.71"] for line in told.splitlines())


async def test_tables_that_cannot_be_read_are_the_operators_matter(settings: Settings) -> None:
    await asyncio.to_thread(settings.data_dir.mkdir)
    await asyncio.to_thread((settings.data_dir / "earshot.db").touch)
    with pytest.raises(OperatorError, match="DATABASE_URL"):
        await show_costs(settings)


def test_it_is_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["costs"]) == 0
    assert "An hour of audio on AWS" in capsys.readouterr().out
