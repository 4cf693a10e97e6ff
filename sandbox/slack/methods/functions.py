"""functions.complete*: how a custom step of a workflow ended."""

from __future__ import annotations

from sandbox.slack.errors import JSON, invalid, missing
from sandbox.slack.methods.call import Call, Method


async def complete_success(call: Call) -> JSON:
    """End a step well, with its outputs."""
    run_id, outputs = call.args.required("function_execution_id"), call.args.structure("outputs")
    if outputs is None:
        raise missing("outputs")
    if not isinstance(outputs, dict):
        raise invalid("invalid_arguments", ["must be an object [json-pointer:/outputs]"])
    call.slack.executions.complete(call.slack.executions.running(run_id), outputs)
    return {}


async def complete_error(call: Call) -> JSON:
    """End a step with an error for the person who started the workflow."""
    run_id, error = call.args.required("function_execution_id"), call.args.required("error")
    call.slack.executions.fail(call.slack.executions.running(run_id), error)
    return {}


METHODS: dict[str, Method] = {
    "functions.completeSuccess": complete_success,
    "functions.completeError": complete_error,
}
