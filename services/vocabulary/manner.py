"""How Earshot behaves in a channel."""

from __future__ import annotations

from enum import StrEnum

from services.vocabulary.base import Value


class Manner(StrEnum):
    """From silent to eager: each does what those before it do, and more.

    A person's command, mention or shortcut is heard in all of them. `OFF` does nothing else, not even answer in the
    threads of recaps without being mentioned.
    """

    OFF = "off"
    MENTION = "mention"
    REACTION = "reaction"
    OFFER = "offer"
    AUTOMATIC = "automatic"

    @property
    def hears_reactions(self) -> bool:
        """Whether a reaction on a message asks for its recap."""
        return self in {Manner.REACTION, Manner.OFFER, Manner.AUTOMATIC}

    @property
    def speaks_up(self) -> bool:
        """Whether something is said, in public or in private, where nobody asked."""
        return self in {Manner.OFFER, Manner.AUTOMATIC}


class Policy(Value):
    """The manner of one channel. `set_by` chose it at `set_at` (Unix time); both are None where nobody did."""

    manner: Manner = Manner.AUTOMATIC
    set_by: str | None = None
    set_at: float | None = None
