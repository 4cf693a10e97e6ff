"""What the tests of this folder ask for."""

from __future__ import annotations

from services.language import Prompt
from services.vocabulary.base import Value


class Gist(Value):
    """What it is about."""

    line: str
    points: tuple[str, ...] = ()


GOOD = {"line": "It is about lamps.", "points": ["A lamp is replaced."]}
PROMPT = Prompt(
    instructions="Sum up what you are given.",
    material="The lamp will be replaced. " * 40,
    question="What is it about?",
    purpose="summary",
    subject="T1:C1:17.5:F1",
)
