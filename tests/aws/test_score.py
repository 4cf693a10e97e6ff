"""`python -m benchmarks.score --backend aws`: what a model writes is scored, and what is no model is called so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import bot.bootstrap.models  # noqa: F401 - loaded here, because loading it reads files and tests watch the loop
from benchmarks.score.__main__ import main
from benchmarks.score.account import STAND_IN, account
from sandbox.aws import Cloud

_SCORER = """
import json
from pathlib import Path

def rows(folder, name): return [json.loads(line) for line in Path(folder, name).read_text().splitlines()]
def answers(folder, told): return {"n": len(rows(folder, "qa_retrieval.jsonl")), "told": sum(map(bool, told.values()))}
def summaries(folder, told, ref="summary"):
    return {"n": len(rows(folder, "summaries.jsonl")), "words": sum(len(text.split()) for text in told.values())}
"""
_SAID = (
    "We decided to release the offline mode on Tuesday, the ninth of May.",
    "The offline mode keeps the last twenty documents on the phone, so that people can read in trains.",
    "The budget for the new search server is 300 dollars a month.",
)
_ASKED = ("When do they release the offline mode?", "What does the new search server cost a month?", "Who is Napoleon?")


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No account of this machine's user."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_BEARER_TOKEN_BEDROCK"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("BACKEND", "aws")  # as `make score BACKEND=aws` leaves it in the environment


def _lines(path: Path, *rows: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    turns = [
        {"speaker": "AB"[index % 2], "start": 6.0 * index, "end": 6.0 * index + 5, "text": text}
        for index, text in enumerate(_SAID)
    ]
    _lines(data / "meetings.jsonl", {"meeting_id": "m1", "domain": "product", "turns": turns})
    questions = ({"qid": f"q{i}", "meeting_id": "m1", "query": text} for i, text in enumerate(_ASKED))
    _lines(data / "qa_retrieval.jsonl", *questions)
    _lines(data / "summaries.jsonl", {"meeting_id": "m1", "summary": "They release it in May.", "ami_long": "Long."})
    (data / "score.py").write_text(_SCORER)
    return data


def test_without_an_account_stand_ins_write_and_it_says_that_they_are_no_model(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.json"
    assert main(["--data", str(folder), "--backend", "aws", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("written by: stand-in, not a model\n")
    assert printed.count("written_by stand-in, not a model") == 2
    figures = json.loads(out.read_text())
    assert figures["answers"]["ALL"]["n"] == 3
    assert figures["answers"]["ALL"]["told"] == 2, "nobody speaks of Napoleon"
    assert figures["answers"]["ALL"]["quoted"] == figures["summaries"]["ALL"]["quoted"] == 0
    assert figures["summaries"]["ALL"]["words"] > 10
    assert figures["summaries"]["ALL"]["cost"] > 0
    assert figures["summaries"]["ami_long"]["n"] == 1


def test_a_sample_asks_less(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(folder), "--only", "answers", "--most", "2"]) == 0
    assert "n 2  told" in capsys.readouterr().out


def test_credentials_lead_to_the_account_and_an_address_elsewhere_is_no_model(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    with account() as by:
        assert by == "https://bedrock-runtime.eu-central-1.amazonaws.com"
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", cloud.url)
    with account() as by:
        assert by == STAND_IN


def test_an_account_without_a_region_is_told_what_to_set(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "token")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--data", str(folder), "--backend", "aws"]) == 1
    assert "AWS_REGION" in capsys.readouterr().err
