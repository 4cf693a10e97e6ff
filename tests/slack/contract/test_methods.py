"""Every implemented method against its contract: tests generated from Slack's published reference."""

from __future__ import annotations

import dataclasses

import pytest

from sandbox.slack.contract import read_contract
from sandbox.slack.contract.driving import drive, without_scope
from sandbox.slack.contract.examples import EXAMPLES, WITHOUT_EXAMPLE
from sandbox.slack.contract.situations import SITUATIONS
from sandbox.slack.contract.staging import MANIFEST, Stage
from sandbox.slack.methods import all_methods
from tests.slack.local_workspace import local_workspace

_CONTRACT = read_contract()


def test_every_method_here_is_one_of_slacks_and_has_an_example() -> None:
    assert all_methods().keys() <= _CONTRACT.methods.keys()
    assert all_methods().keys() == EXAMPLES.keys() | WITHOUT_EXAMPLE


def test_every_story_ends_in_an_error_that_the_reference_lists() -> None:
    for name, code, _ in SITUATIONS:
        assert _CONTRACT.methods[name].may_answer(code), (name, code)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
async def test_a_method_keeps_its_contract(name: str) -> None:
    contract = _CONTRACT.methods[name]
    async with local_workspace(manifest=MANIFEST) as sandbox:
        outcomes = [outcome async for outcome in drive(Stage(sandbox.slack, sandbox.session), contract)]
    broken = [(item.attempt.what, item.attempt.expected, item.answer) for item in outcomes if not item.kept]
    assert broken == []
    assert [item.answer for item in outcomes if item.code and not contract.may_answer(item.code)] == []


async def test_a_call_without_its_scope_hears_which_one_it_needs() -> None:
    manifest = dataclasses.replace(MANIFEST, scopes=frozenset({"incoming-webhook"}))
    async with local_workspace(manifest=manifest) as sandbox:
        stage = Stage(sandbox.slack, sandbox.session)
        for name in sorted(EXAMPLES):
            contract = _CONTRACT.methods[name]
            scopes = contract.scopes.get("bot")
            if not scopes:
                continue
            outcome = await without_scope(stage, contract)
            assert outcome.kept, outcome
            assert outcome.answer["needed"] == ",".join(sorted(scopes))
            assert outcome.answer["provided"] == "incoming-webhook"
