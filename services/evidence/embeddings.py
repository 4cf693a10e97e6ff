"""Texts as vectors whose dot product says how close their meanings are.

The static embeddings of wordllama (a table of one vector a token piece, 256 wide, in its wheel) are read straight from
the package's files: no import of it, no hub, no network. They know the languages of Latin and Cyrillic script; for
others `LexicalEmbedder` compares by shared words alone, which is honest and needs nothing.
"""

from __future__ import annotations

import importlib.util
import math
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.evidence.terms import terms
from services.vocabulary.errors import OperatorError

Vectors = NDArray[np.float32]

_UNKNOWN_SCRIPTS = """ar am bn bo el fa gu he hi hy ja ka km kn ko lo ml mr my ne pa ps sa sd si ta te th ur yi yue
    zh"""


class Embedder(Protocol):
    """Turns texts into vectors: deterministic, and never a failure for any text.

    `knows_meaning` says whether different words of like meaning come out near to each other.
    """

    knows_meaning: bool

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, shape [texts, dimensions]; zeros for a text that says nothing."""
        ...


def embedder_for(language: str) -> Embedder:
    """The embedder that serves a language (ISO 639-1). Raises OperatorError where the package is not installed.

    Loading takes about 0.2 s and 40 MB, so it is done in child processes, once.
    """
    return LexicalEmbedder(language) if language in _UNKNOWN_SCRIPTS.split() else StaticEmbedder()


class StaticEmbedder:
    """The mean of a text's token vectors."""

    knows_meaning = True

    def __init__(self) -> None:
        from safetensors import safe_open  # noqa: PLC0415 - heavy, and needed in child processes only
        from tokenizers import Tokenizer  # noqa: PLC0415 - the same

        folder = _package_folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        with safe_open(folder / "weights" / "l2_supercat_256.safetensors", framework="np") as file:
            self._table = file.get_tensor("embedding.weight")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        vectors = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        for row, encoded in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if encoded.ids:
                vectors[row] = self._table[encoded.ids].astype(np.float32).sum(axis=0)
        return normalized(vectors)


class LexicalEmbedder:
    """Hashed terms, 512 wide: near where words are shared, far otherwise. For languages without a table."""

    knows_meaning = False

    def __init__(self, language: str = "en", width: int = 512) -> None:
        self._language = language
        self._width = width

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        vectors = np.zeros((len(texts), self._width), dtype=np.float32)
        for row, text in enumerate(texts):
            for term, count in Counter(terms(text, self._language)).items():
                vectors[row, zlib.crc32(term.encode()) % self._width] += 1 + math.log(count)
        return normalized(vectors)


def normalized(vectors: Vectors) -> Vectors:
    """The rows at length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = vectors / np.maximum(lengths, np.float32(1e-9))
    return result


def _package_folder() -> Path:
    spec = importlib.util.find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise OperatorError("wordllama is not installed: pip install 'wordllama==0.4.0.post1' (extra: local)")
    return Path(next(iter(spec.submodule_search_locations)))
