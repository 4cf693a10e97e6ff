"""Home: what it shows, and that the fullest one fits."""

from __future__ import annotations

from services.publishing.home_blocks import Home, Mark, Shown, home_view, mark_of
from services.storage.shelf import Spine
from services.vocabulary.preference import Preference
from services.workflows.home import matching
from tests.unit.publishing.slack_rules import JSON, check_view, texts

_NASTY = "<!channel> *bold* ~gone~ `code` :tada: <@U1> \u202e & " * 40
_LONG = "https://earshot.example/r/" + "a" * 900


def _shown(**changes: object) -> Shown:
    values: dict[str, object] = {
        "title": "Weekly meeting",
        "gist": "The lamp will be replaced.",
        "channel": "C1",
        "when": 1_795_224_385.0,
        "duration": 754.0,
        "thread": "https://sandbox.slack.com/archives/C1/p1",
        "player": "https://earshot.example/r/token",
    }
    return Shown.model_validate(values | changes)


def _words(view: JSON) -> str:
    return "\n".join(str(found["text"]) for found in texts(view["blocks"]))


def test_the_fullest_home_fits() -> None:
    each = _shown(title=_NASTY, gist=_NASTY, thread=_LONG, player=_LONG)
    home = Home(recaps=(each,) * 20, query="ü" * 100, kept=123_456, days=30, notice=_NASTY)
    check_view(home_view(home))


def test_an_empty_home_fits_and_says_how_to_begin() -> None:
    view = home_view(Home())
    check_view(view)
    assert "/invite @Earshot" in _words(view)
    assert "Delete everything" not in _words(view), "there is nothing to delete"


def test_a_recap_is_shown_with_its_time_length_place_and_both_links() -> None:
    view = home_view(Home(recaps=(_shown(),), kept=1))
    block = next(block for block in view["blocks"] if "Weekly meeting" in str(block.get("text")))
    words = block["text"]["text"]
    assert "<https://sandbox.slack.com/archives/C1/p1|Weekly meeting>" in words
    assert "<!date^1795224385^{date_short_pretty} at {time}|" in words
    assert "13 min" in words
    assert "<#C1>" in words
    assert block["accessory"]["url"] == "https://earshot.example/r/token"
    assert block["accessory"]["accessibility_label"] == "Play Weekly meeting"


def test_what_strangers_wrote_is_shown_and_never_read() -> None:
    words = _words(home_view(Home(recaps=(_shown(title="<!channel>", gist="<@U1>"),), query="<!here>")))
    assert "<!channel>" not in words
    assert "<@U1>" not in words
    assert "<!here>" not in words.replace("&lt;!here&gt;", "")


def test_the_same_home_has_the_same_mark_and_another_has_another() -> None:
    home = Home(recaps=(_shown(),), kept=1)
    mark = mark_of(home_view(home))
    assert mark == mark_of(home_view(home))
    assert mark.digest
    for other in (
        home.model_copy(update={"kept": 2}),
        home.model_copy(update={"query": "lamp"}),
        home.model_copy(update={"preference": Preference(audio=False)}),
    ):
        assert mark_of(home_view(other)).digest != mark.digest


def test_a_mark_that_is_none_of_ours_is_an_empty_one() -> None:
    for metadata in ("", "no json", '{"digest": 1}', '{"other": "x"}', "[]"):
        assert mark_of({"private_metadata": metadata}) == Mark()
    assert mark_of(None) == Mark()


def test_what_is_preferred_is_chosen() -> None:
    view = home_view(Home(preference=Preference(language="de", length="short", audio=False)))
    menus = {block["accessory"]["action_id"]: block["accessory"] for block in view["blocks"] if "accessory" in block}
    assert menus["home_language"]["initial_option"]["value"] == "de"
    assert menus["home_length"]["initial_option"]["value"] == "short"
    assert "initial_options" not in menus["home_audio"]


def test_how_long_recaps_are_kept_is_said() -> None:
    assert "After 30 days" in _words(home_view(Home(kept=3, days=30)))
    assert "After a day" in _words(home_view(Home(kept=3, days=1)))
    assert "until you delete them" in _words(home_view(Home(kept=3)))


def test_all_words_of_a_query_must_be_there_and_case_and_accents_do_not_matter() -> None:
    spines = [
        Spine(id="1", channel="C1", title="Café au lait", gist="About the LAMP."),
        Spine(id="2", channel="C1", title="Lamp", gist="Nothing else."),
    ]
    assert [spine.id for spine in matching(spines, "lamp cafe")] == ["1"]
    assert [spine.id for spine in matching(spines, "LAMP")] == ["1", "2"]
    assert matching(spines, "lighthouse") == []
