"""Any sentence-transformers model as an Encoder, the bundled weights included."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import EncoderUnavailable
from assistant.interfaces import FloatArray
from assistant.retrieval.encoders import BUNDLED
from assistant.retrieval.encoders.bundled import FINGERPRINT

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEncoder:
    """A model by name or folder; ``"bundled"`` is our own weights in float32 torch.

    Where the model defines "query" and "passage" prompts they are used; E5 models without prompts of their
    own get E5's. Raises EncoderUnavailable where the model cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        try:
            self._model = _bundled_model() if name == BUNDLED else _named_model(name)
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EncoderUnavailable(
                f"cannot load the model {name!r} ({reason[:160]}); give the folder of a downloaded "
                "sentence-transformers model, or use the encoder 'bundled'"
            ) from error
        self.fingerprint = FINGERPRINT if name == BUNDLED else _fingerprint(name)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode_queries(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of questions."""
        return self._unit(self._model.encode_query(texts, convert_to_numpy=True, show_progress_bar=False))

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of passages."""
        return self._unit(self._model.encode_document(texts, convert_to_numpy=True, show_progress_bar=False))

    def _unit(self, vectors: Any) -> FloatArray:  # noqa: ANN401 - sentence-transformers returns a union
        rows: FloatArray = np.asarray(vectors, np.float32).reshape(-1, self.dimension)
        unit: FloatArray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        return unit


def _named_model(name: str) -> SentenceTransformer:
    """Load by name or folder; a model whose name says E5 is given E5's prompts where it has none."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(name, device="cpu")
    if "e5" in Path(name).name.lower() and not any(model.prompts.values()):
        model.prompts |= {"query": "query: ", "document": "passage: "}
    return model


def _fingerprint(name: str) -> str:
    """Folder models by the hash of their weight files, others by name."""
    weights = sorted(Path(name).rglob("*.safetensors")) if Path(name).is_dir() else []
    if not weights:
        return name
    digest = hashlib.sha256()
    for path in weights:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{Path(name).name}@{digest.hexdigest()[:16]}"


def _bundled_model() -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    from assistant.retrieval.encoders.torch_module import BundledModule

    prompts = {"query": "query: ", "document": "passage: "}
    return SentenceTransformer(modules=[BundledModule()], prompts=prompts, device="cpu")
