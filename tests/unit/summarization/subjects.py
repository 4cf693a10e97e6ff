"""A long talk about three things, one after another."""

from __future__ import annotations

import itertools

from services.vocabulary.transcript import Transcript
from tests.unit.summarization.talk import Line, talk

_BREAD = [
    "The sourdough bread needs flour, water and salt.",
    "We knead the dough until it is smooth and let the dough rest.",
    "The oven must be very hot for a good crust on the bread.",
    "A wet dough gives the bread large holes and a soft crumb.",
    "Rye flour makes the bread dark and the crust strong.",
    "The starter is flour and water that ferments for a week.",
]
_BOAT = [
    "The sailing boat has a new mast and two sails.",
    "We painted the hull of the boat below the water line.",
    "The harbour master wants us to move the boat before the storm.",
    "A strong wind broke the rudder of the sailing boat.",
    "The crew practised turning the boat in the harbour.",
    "The anchor and the ropes of the boat are too old.",
]
_TAX = [
    "The tax return is due in April and the accountant has the receipts.",
    "The tax office sent a letter about last year's deductions.",
    "Our accountant says the deductions for the office rent are fine.",
    "We pay the income tax in four parts during the year.",
    "The receipts for travel must be kept for the tax office.",
    "A mistake in the tax return costs interest.",
]


def three_subjects(*, rounds: int = 10) -> Transcript:
    """About 2,000 words: bread, then a boat, then taxes, each begun with a sentence that says so."""
    lines: list[Line] = []
    for speaker, (opening, said) in enumerate(
        [
            ("Welcome, today we want to talk about baking bread.", _BREAD),
            ("Okay, let's move on to the sailing boat.", _BOAT),
            ("Right, the next item is the tax return.", _TAX),
        ]
    ):
        lines.append((speaker, opening))
        for i, text in enumerate(itertools.islice(itertools.cycle(said), rounds * len(said))):
            lines.append((speaker, text if i < len(said) else f"{text[:-1]}, as in case {i}."))
            lines.append(((speaker + 1) % 3, "Mm-hmm."))
    return talk(*lines, names=(None, None, None))
