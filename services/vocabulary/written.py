"""What is kept with everything that a language model may have had a part in."""

from __future__ import annotations

from services.vocabulary.base import Value


class Written(Value):
    """Which models had a part in it, asked what, and what all of it used.

    `prompt` is the edition of what was asked and `model` the names of those that replied; both are empty where none
    did. `input_tokens` are all that were sent; those that were read from a cache or written to it are among them.
    `cost` is in US dollars, None where the price of a call is not known.
    """

    prompt: str = ""
    model: str = ""
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cost: float | None = None
