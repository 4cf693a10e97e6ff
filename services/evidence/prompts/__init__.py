"""Prompts as versioned files, and the instructions that every prompt about a recording shares."""

from __future__ import annotations

import hashlib
from pathlib import Path
from string import Template

import yaml

from services.vocabulary.base import Value

_MARK = "---\n"
_DIGITS = 8


class PromptFile(Value):
    """One prompt. `models` are hints which models suit it, best first; `reply` names the form of its reply.

    `edition` tells one wording from another: name, version and a hash of all of the file.
    """

    name: str
    version: int
    text: str
    digest: str
    models: tuple[str, ...] = ()
    reply: str = ""
    max_tokens: int = 4096
    effort: str | None = None

    @property
    def edition(self) -> str:
        """Which prompt this is, to the letter."""
        return f"{self.name}-{self.version}-{self.digest}"

    def filled(self, **values: str) -> str:
        """The text with its `$names` filled in. Raises KeyError for a name without a value."""
        return Template(self.text).substitute(values)


def load(path: Path) -> PromptFile:
    """Read a prompt: YAML between two lines of dashes, then the text. Blocks; raises ValueError for another form."""
    whole = path.read_text(encoding="utf-8")
    _, found, rest = whole.partition(_MARK)
    header, closed, text = rest.partition(_MARK)
    if not (found and closed):
        raise ValueError(f"{path.name} has no header")
    digest = hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS]
    return PromptFile(**yaml.safe_load(header), text=text.strip(), digest=digest)


def ground_rules() -> PromptFile:
    """The instructions that summary, answers and outputs share, to the byte, so that they share a cache. Blocks."""
    return load(Path(__file__).parent / "recording.md")
