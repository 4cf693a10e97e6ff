from __future__ import annotations

import pytest

from services.evidence.folding import fold, strip_invisible


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u202e", "\u00ad", "\ufeff", "\u2060", "\U000e0041", "\u3164", "\x07", "\u2066"]
)
def test_what_cannot_be_seen_goes(hidden: str) -> None:
    assert strip_invisible(f"pay{hidden}ment") == "payment"


def test_joiners_stay_where_a_script_spells_with_them() -> None:
    assert strip_invisible("می\u200cخواهم") == "می\u200cخواهم"
    assert strip_invisible("👩\u200d💻") == "👩\u200d💻"
    assert strip_invisible("a\u200db") == "ab"


def test_lines_and_tabs_stay() -> None:
    assert strip_invisible("a\n\tb") == "a\n\tb"


def test_letters_that_look_alike_are_one_within_a_word() -> None:
    assert fold("Gr\u0430ce") == "grace"
    assert fold("Ｇｒａｃｅ’s") == "grace's"
    assert fold("\u041c\u043e\u0441\u043a\u0432\u0430") == "\u043c\u043e\u0441\u043a\u0432\u0430"
