"""The graphs that are written run as they should."""

from __future__ import annotations

import numpy as np
import onnxruntime

from services.weights.onnx_graph import Graph


def test_a_written_graph_computes_what_it_says() -> None:
    graph = Graph()
    weights = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, -6.0]])
    product = graph.add("MatMul", "x", weights)
    total = graph.add("ReduceSum", product, np.array([1], np.int64), keepdims=1)
    graph.add("LeakyRelu", total, name="y", alpha=0.5)
    session = onnxruntime.InferenceSession(graph.model(("x", ("n", 3)), ("y", ("n", 1))))
    given = np.array([[1, 2, 3], [0, 0, 1]], np.float32)
    summed = (given @ weights).sum(axis=1, keepdims=True)
    assert np.allclose(session.run(None, {"x": given})[0], np.where(summed > 0, summed, summed / 2))
    assert list(session.get_inputs()[0].shape) == ["n", 3]


def test_lists_of_numbers_and_large_numbers_survive() -> None:
    graph = Graph()
    graph.add("Slice", "x", np.array([-2]), np.array([2**40]), np.array([-1]), name="y")
    session = onnxruntime.InferenceSession(graph.model(("x", (1, 4)), ("y", (1, "n"))))
    assert session.run(None, {"x": np.array([[1, 2, 3, 4]], np.float32)})[0].tolist() == [[3, 4]]
    graph = Graph()
    graph.add("Transpose", "x", name="y", perm=[1, 0])
    session = onnxruntime.InferenceSession(graph.model(("x", (2, 3)), ("y", (3, 2))))
    assert session.run(None, {"x": np.arange(6, dtype=np.float32).reshape(2, 3)})[0].shape == (3, 2)
