"""Token counts of the stand-in beside those of the live service: near enough for limits, caches and budgets."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

from sandbox.aws.caching import Cache
from sandbox.aws.clock import Clock
from sandbox.aws.converse import known
from sandbox.aws.models import find
from sandbox.aws.requests import Sent, parameters
from tests.aws.recordings import recorded


def test_input_tokens_are_near_those_that_the_live_service_counted(shared: Path) -> None:
    shares = []
    for call in recorded(shared):
        called = find("POST", call.path, None)
        if call.streamed or call.status != 200 or not called:
            continue
        sent = parameters(called, Sent({}, {}, call.sent))
        if "document" in json.dumps(sent, default=str):
            continue  # files have other tokens than words
        usage = json.loads(call.came)["usage"]
        live = usage["inputTokens"] + usage.get("cacheReadInputTokens", 0) + usage.get("cacheWriteInputTokens", 0)
        used = Cache(Clock()).use(known(sent["modelId"])[0], sent)
        shares.append((used.fresh + used.write) / live)
    assert len(shares) > 20
    assert 0.8 < statistics.median(shares) < 1.25
    assert sum(0.6 < share < 1.7 for share in shares) > 0.8 * len(shares)
