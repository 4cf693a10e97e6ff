"""Custom steps of workflows: the app is told to run one, and says how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.slack.clock import Clock
from sandbox.slack.errors import JSON, SlackError
from sandbox.slack.ids import Ids

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}


@dataclass
class Execution:
    """One run of a step. `token` is the bot token that belongs to this run alone; it ends with the run."""

    id: str
    function: str
    token: str
    inputs: JSON
    user: str
    state: Literal["running", "completed", "failed"] = "running"
    outputs: JSON | None = None
    error: str | None = None


class Executions:
    """The runs of the app's custom steps. `functions` are those of the manifest, by callback id."""

    def __init__(self, functions: dict[str, JSON], ids: Ids, clock: Clock) -> None:
        self._functions = functions
        self._ids = ids
        self._clock = clock
        self.runs: dict[str, Execution] = {}

    def start(self, callback_id: str, inputs: JSON, user: str, app_id: str) -> tuple[Execution, JSON]:
        """Begin a run; return it and the `function_executed` event.

        Raises:
            SlackError: `function_not_found`, or `parameter_validation_failed` for a required input that is missing.
        """
        described = self._functions.get(callback_id)
        if described is None:
            raise SlackError("function_not_found")
        parameters = described.get("input_parameters") or {}
        _check(parameters, inputs)
        run = Execution(self._ids.new("Fx"), callback_id, f"xwfp-{self._ids.secret()}", inputs, user)
        self.runs[run.id] = run
        now = int(self._clock.now())
        function = {
            "id": f"Fn{callback_id}",
            "callback_id": callback_id,
            "title": described.get("title", callback_id),
            "description": described.get("description", ""),
            "type": "app",
            "input_parameters": _listed(parameters),
            "output_parameters": _listed(described.get("output_parameters") or {}),
            "app_id": app_id,
            "date_created": now,
            "date_released": 0,
            "date_updated": now,
            "date_deleted": 0,
            "form_enabled": False,
        }
        event = {
            "type": "function_executed",
            "function": function,
            "inputs": inputs,
            "function_execution_id": run.id,
            "workflow_execution_id": self._ids.new("Wx"),
            "bot_access_token": run.token,
        }
        return run, event

    def by_token(self, token: str) -> Execution | None:
        """Return the run that a token belongs to, while it lasts."""
        return next((run for run in self.runs.values() if run.token == token and run.state == "running"), None)

    def running(self, run_id: str) -> Execution:
        """Return a run that has not ended; raises `function_execution_not_found`, `execution_not_in_running_state`."""
        run = self.runs.get(run_id)
        if run is None:
            raise SlackError("function_execution_not_found")
        if run.state != "running":
            raise SlackError("execution_not_in_running_state")
        return run

    def complete(self, run: Execution, outputs: JSON) -> None:
        """End a run well; raises `parameter_validation_failed` when outputs are not what the manifest says."""
        _check(self._functions.get(run.function, {}).get("output_parameters") or {}, outputs)
        run.state, run.outputs = "completed", outputs

    def fail(self, run: Execution, error: str) -> None:
        """End a run with an error that the person who started the workflow sees."""
        run.state, run.error = "failed", error


def _listed(parameters: JSON) -> list[JSON]:
    return [
        {"name": name, "type": item["type"], "title": item.get("title", name), "is_required": _required(item)}
        for name, item in parameters.items()
    ]


def _required(parameter: JSON) -> bool:
    return bool(parameter.get("is_required"))


def _check(parameters: JSON, given: JSON) -> None:
    problems = [
        f"missing required field: {name}" for name, item in parameters.items() if _required(item) and name not in given
    ]
    problems += [f"unexpected field: {name}" for name in given if parameters and name not in parameters]
    for name, value in given.items():
        types = _TYPES.get(str(parameters.get(name, {}).get("type")))
        if types and (not isinstance(value, types) or (isinstance(value, bool) and bool not in types)):
            problems.append(f"must be of type {parameters[name]['type']}: {name}")
    if problems:
        metadata = {"messages": [f"[ERROR] {problem}" for problem in problems]}
        raise SlackError("parameter_validation_failed", response_metadata=metadata)
