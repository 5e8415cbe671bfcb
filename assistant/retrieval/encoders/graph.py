"""Write the layers of the bundled encoder as an ONNX graph whose weights lie in the safetensors file.

Layer normalisation is spelled as Add + LayerNormalization and the graph runs unoptimised: onnxruntime's fused
SkipLayerNormalization took seven times as long on the processor measured, its MultiHeadAttention a fifth
longer than the plain products. One text a run, without padding, so no attention mask.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

from assistant.retrieval.encoders.network import EPSILON, HEADS, HIDDEN, LAYERS

DATA_TYPES = {"F32": 1, "I8": 3}
MICROSOFT = "com.microsoft"


def write_graph(path: Path, weights: Path) -> None:
    """Input ``hidden`` (batch, length, 384) after the input layer; output ``last`` of the same shape."""
    import onnx
    from onnx import helper

    nodes: list[Any] = []
    hidden = "hidden"
    for number in range(LAYERS):
        hidden = _layer(nodes, f"layer.{number}", hidden)
    nodes.append(helper.make_node("Identity", [hidden], ["last"]))
    shape = ["batch", "length", HIDDEN]
    graph = helper.make_graph(
        nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("hidden", onnx.TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("last", onnx.TensorProto.FLOAT, shape)],
        _external_tensors(weights)
        + [
            helper.make_tensor(name, onnx.TensorProto.INT64, [len(values)], values)
            for name, values in (
                ("parts", [HEADS] * 3),
                ("split_heads", [0, 0, 3 * HEADS, HIDDEN // HEADS]),
                ("join_heads", [0, 0, HIDDEN]),
            )
        ],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]
    path.write_bytes(helper.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString())


def _layer(nodes: list[Any], prefix: str, hidden: str) -> str:
    """Append the nodes of one layer; returns the name of its output."""
    from onnx import helper

    def node(operator: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: object) -> str:
        names = [f"{prefix}.{output}" for output in outputs]
        nodes.append(helper.make_node(operator, inputs, names, domain=domain, **attributes))
        return names[0]

    def linear(name: str, value: str) -> str:
        parts = [f"{prefix}.{name}.{part}" for part in ("quantized", "scale", "zero", "bias")]
        return node("DynamicQuantizeMatMul", [value, *parts], f"{name}.output", domain=MICROSOFT)

    def scaled(name: str, value: str) -> str:
        return node("Mul", [value, f"{prefix}.{name}.multiplier"], f"{name}.scaled")

    def normalized(name: str, left: str, right: str) -> str:
        added = node("Add", [left, right], f"{name}.sum")
        parts = [f"{prefix}.{name}.{part}" for part in ("weight", "bias")]
        return node("LayerNormalization", [added, *parts], f"{name}.output", axis=-1, epsilon=EPSILON)

    split = node("Reshape", [linear("qkv", scaled("qkv", hidden)), "split_heads"], "heads.rows")
    heads = node("Transpose", [split], "heads", perm=[0, 2, 1, 3])
    query = node("Split", [heads, "parts"], "query", "key", "value", axis=1)
    scores = node("FusedMatMul", [query, f"{prefix}.key"], "scores", domain=MICROSOFT, transB=1)
    context = node("MatMul", [node("Softmax", [scores], "weights", axis=-1), f"{prefix}.value"], "context")
    joined = node("Transpose", [context], "context.rows", perm=[0, 2, 1, 3])
    joined = node("Reshape", [joined, "join_heads"], "context.joined")
    attended = normalized("attention_norm", linear("attention", joined), hidden)
    expanded = linear("expand", scaled("expand", attended))
    activated = node("Gelu", [expanded], "activated", domain=MICROSOFT)
    return normalized("output_norm", linear("contract", scaled("contract", activated)), attended)


def _external_tensors(weights: Path) -> list[Any]:
    """The layers' tensors as references into the safetensors file (8-byte length, JSON header, data)."""
    import onnx

    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    tensors = []
    for name, entry in header.items():
        if not name.startswith("layer."):
            continue
        begin, end = entry["data_offsets"]
        tensor = onnx.TensorProto(name=name, data_type=DATA_TYPES[entry["dtype"]], dims=entry["shape"])
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (
            ("location", weights.name),
            ("offset", 8 + length + begin),
            ("length", end - begin),
        ):
            tensor.external_data.add(key=key, value=str(value))
        tensors.append(tensor)
    return tensors
