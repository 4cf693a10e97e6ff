"""What is counted, for Prometheus. No label and no value says anything about what people said."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from services.language import Prompt, Usage
from services.workflows.rows import QueueState

# Stages last from a blink (a caption track) to hours (eight hours of sound on two cores).
_STAGE_SECONDS = (0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400)
_CALL_SECONDS = (0.5, 1, 2, 5, 10, 30, 60, 180)


class Metrics:
    """The counters of one process; each of its methods is a callback that some part of the product is given."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        stage, queue, model = ("stage", "outcome"), ("queue",), ("model", "purpose")
        self._stages = Histogram(
            "earshot_stage_seconds", "How long a try of a stage took.", stage, registry=registry, buckets=_STAGE_SECONDS
        )
        self._waiting = Gauge("earshot_queue_waiting", "Entries that wait.", queue, registry=registry)
        self._running = Gauge("earshot_queue_running", "Entries that are worked on.", queue, registry=registry)
        self._oldest = Gauge(
            "earshot_queue_oldest_seconds", "How long the oldest entry has waited.", queue, registry=registry
        )
        self._still = Gauge("earshot_work_still", "Pieces of work that stopped moving.", registry=registry)
        self._workers = Gauge("earshot_workers", "Processes that take work.", registry=registry)
        self._calls = Histogram(
            "earshot_model_call_seconds", "Calls of language models.", model, registry=registry, buckets=_CALL_SECONDS
        )
        self._tokens = Counter("earshot_model_tokens", "Tokens by kind.", (*model, "kind"), registry=registry)
        self._cost = Counter("earshot_model_cost_dollars", "What calls cost, where known.", model, registry=registry)

    def timed(self, stage: str, seconds: float, worked: bool) -> None:  # noqa: FBT001 - a callback of three values
        """A try of a stage is over."""
        self._stages.labels(stage, "done" if worked else "failed").observe(seconds)

    def still(self, count: int) -> None:
        """So much work stands still now."""
        self._still.set(count)

    def workers(self, count: int) -> None:
        """So many processes take work now."""
        self._workers.set(count)

    def model_call(self, prompt: Prompt, usage: Usage) -> None:
        """A language model was called."""
        labels = (usage.model, prompt.purpose)
        self._calls.labels(*labels).observe(usage.seconds)
        for kind in ("input", "output", "cache_read", "cache_write"):
            self._tokens.labels(*labels, kind).inc(getattr(usage, f"{kind}_tokens"))
        if usage.cost is not None:
            self._cost.labels(*labels).inc(usage.cost)

    def queues(self, states: dict[str, QueueState]) -> None:
        """This is how full the queues are."""
        for name, state in states.items():
            self._waiting.labels(name).set(state.waiting)
            self._running.labels(name).set(state.running)
            self._oldest.labels(name).set(state.oldest)

    def page(self) -> bytes:
        """All of it in Prometheus's text form."""
        return generate_latest(self._registry)
