"""CAM++, the network that turns a stretch of speech into a voice: its ONNX graph from the published weights.

Wang et al., 'CAM++: A Fast and Efficient Network for Speaker Verification Using Context-Aware Masking' (2023). Names of
weights are those of the checkpoint. Input `features` [windows, frames, 80], output `embedding` [windows, 192].
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from services.weights.onnx_graph import Graph

Weights = Mapping[str, npt.NDArray[Any]]

_BLOCKS = ((12, 1), (24, 2), (16, 2))
"""Layers and dilation of the three dense blocks."""
_CONTEXT = 100
"""Frames that the context mask pools over."""
_EPSILON = 1e-5


def _ints(*values: int) -> npt.NDArray[np.int64]:
    return np.array(values, np.int64)


class _Network:
    def __init__(self, weights: Weights) -> None:
        self.graph = Graph()
        self._weights = weights

    def convolve(self, x: str, name: str, *, stride: tuple[int, ...] = (1,), pad: int = 0, dilation: int = 1) -> str:
        weight = self._weights[f"{name}.weight"]
        axes = weight.ndim - 2
        bias = [self._weights[f"{name}.bias"]] if f"{name}.bias" in self._weights else []
        return self.graph.add(
            "Conv",
            x,
            weight,
            *bias,
            kernel_shape=weight.shape[2:],
            strides=stride if len(stride) == axes else stride * axes,
            pads=[pad] * 2 * axes,
            dilations=[dilation] * axes,
        )

    def normalize(self, x: str, name: str) -> str:
        mean, variance = self._weights[f"{name}.running_mean"], self._weights[f"{name}.running_var"]
        scale = self._weights.get(f"{name}.weight", np.ones_like(mean))
        shift = self._weights.get(f"{name}.bias", np.zeros_like(mean))
        return self.graph.add("BatchNormalization", x, scale, shift, mean, variance, epsilon=_EPSILON)

    def activate(self, x: str, name: str) -> str:
        return self.graph.add("Relu", self.normalize(x, name))

    def residual(self, x: str, name: str, *, shrink: bool) -> str:
        """A residual block over frequency and time; `shrink` halves the frequencies."""
        stride = (2, 1) if shrink else (1, 1)
        inner = self.activate(self.convolve(x, f"{name}.conv1", stride=stride, pad=1), f"{name}.bn1")
        inner = self.normalize(self.convolve(inner, f"{name}.conv2", pad=1), f"{name}.bn2")
        if shrink:
            x = self.normalize(self.convolve(x, f"{name}.shortcut.0", stride=stride), f"{name}.shortcut.1")
        return self.graph.add("Relu", self.graph.add("Add", inner, x))

    def head(self, x: str) -> str:
        x = self.activate(self.convolve(x, "head.conv1", pad=1), "head.bn1")
        for layer in ("head.layer1", "head.layer2"):
            x = self.residual(x, f"{layer}.0", shrink=True)
            x = self.residual(x, f"{layer}.1", shrink=False)
        x = self.activate(self.convolve(x, "head.conv2", stride=(2, 1), pad=1), "head.bn2")
        return self.graph.add("Reshape", x, _ints(0, 320, -1))

    def context(self, x: str) -> str:
        """The mean over all frames plus the mean over the stretch of frames that each one lies in."""
        add = self.graph.add
        pooled = add("AveragePool", x, kernel_shape=[_CONTEXT], strides=[_CONTEXT], ceil_mode=1, count_include_pad=0)
        spread = add("Tile", add("Unsqueeze", pooled, _ints(3)), _ints(1, 1, 1, _CONTEXT))
        frames = add("Slice", add("Shape", x), _ints(2), _ints(3))
        local = add("Slice", add("Reshape", spread, _ints(0, 0, -1)), _ints(0), frames, _ints(2))
        return add("Add", add("ReduceMean", x, axes=[2], keepdims=1), local)

    def dense_layer(self, x: str, name: str, dilation: int) -> str:
        inner = self.convolve(self.activate(x, f"{name}.nonlinear1.batchnorm"), f"{name}.linear1")
        inner = self.activate(inner, f"{name}.nonlinear2.batchnorm")
        local = self.convolve(inner, f"{name}.cam_layer.linear_local", pad=dilation, dilation=dilation)
        mask = self.graph.add("Relu", self.convolve(self.context(inner), f"{name}.cam_layer.linear1"))
        mask = self.graph.add("Sigmoid", self.convolve(mask, f"{name}.cam_layer.linear2"))
        return self.graph.add("Concat", x, self.graph.add("Mul", local, mask), axis=1)

    def statistics(self, x: str) -> str:
        """Mean and unbiased standard deviation over the frames."""
        add = self.graph.add
        mean = add("ReduceMean", x, axes=[2], keepdims=1)
        centred = add("Sub", x, mean)
        total = add("ReduceSum", add("Mul", centred, centred), _ints(2), keepdims=1)
        frames = add("Cast", add("Slice", add("Shape", x), _ints(2), _ints(3)), to=1)
        deviation = add("Sqrt", add("Div", total, add("Sub", frames, np.ones(1, np.float32))))
        return add("Concat", mean, deviation, axis=1)


def campplus(weights: Weights) -> bytes:
    """The ONNX model of the checkpoint's weights. Raises KeyError where a weight is missing."""
    network = _Network(weights)
    add = network.graph.add
    x = network.head(add("Unsqueeze", add("Transpose", "features", perm=[0, 2, 1]), _ints(1)))
    x = network.convolve(x, "xvector.tdnn.linear", stride=(2,), pad=2)
    x = network.activate(x, "xvector.tdnn.nonlinear.batchnorm")
    for number, (layers, dilation) in enumerate(_BLOCKS, start=1):
        for layer in range(1, layers + 1):
            x = network.dense_layer(x, f"xvector.block{number}.tdnnd{layer}", dilation)
        x = network.activate(x, f"xvector.transit{number}.nonlinear.batchnorm")
        x = network.convolve(x, f"xvector.transit{number}.linear")
    x = network.statistics(network.activate(x, "xvector.out_nonlinear.batchnorm"))
    x = network.convolve(x, "xvector.dense.linear")
    x = network.normalize(x, "xvector.dense.nonlinear.batchnorm")
    add("Squeeze", x, _ints(2), name="embedding")
    return network.graph.model(("features", ("windows", "frames", 80)), ("embedding", ("windows", 192)))
