"""Every format: its words, its times, and a clear sentence for what is not of it."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from services.media.captions import Cue, parse, transcript_of
from services.media.captions.parsing import KINDS
from services.vocabulary.errors import UserError
from tests.unit.media.captions.bodies import BODIES, TALK, json3, rolling_vtt, srv3


def texts(body: str | bytes, kind: str) -> list[str]:
    return [cue.text for cue in parse(body.encode() if isinstance(body, str) else body, kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_is_there_once_at_its_time(kind: str) -> None:
    cues = parse(BODIES[kind](TALK).encode(), kind)
    assert [cue.text for cue in cues] == list(TALK)
    assert [cue.start for cue in cues] == [0.0, 3.0, 6.0, 9.0, 12.0, 15.0]
    assert all(cue.end > cue.start for cue in cues)
    assert not any(cue.speaker or cue.turn for cue in cues)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_something_else_is_refused_in_one_sentence(kind: str) -> None:
    others = [b"", b" \n", b"\x00\x01\x02\x03" * 500, b"%PDF-1.7\x00\x9c\x00\x03\x00\x01" * 9]
    if kind != "txt":
        others += [b"<!doctype html><p>Before you continue to the site</p>", b'{"error": "not found"}', b"hello"]
    for body in others:
        with pytest.raises(UserError) as refusal:
            parse(body, kind)
        assert "please" in str(refusal.value)
        assert "\n" not in str(refusal.value)


def test_a_kind_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UserError):
        parse(b"WEBVTT\n", "sub")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("WEBVTT\n\n", "vtt"),
        ('{"events": []}', "json3"),
        ("<transcript/>", "srv1"),
        ('{"segments": []}', "podcast-json"),
    ],
)
def test_captions_without_captions_have_no_cues(body: str, kind: str) -> None:
    assert parse(body.encode(), kind) == []


def test_too_much_is_refused() -> None:
    with pytest.raises(UserError, match="20 MB"):
        parse(b"a" * 20_000_001, "txt")
    with pytest.raises(UserError, match="day of speech"):
        parse(b"word " * 1_000_000, "txt")
    with pytest.raises(UserError, match="day of speech"):
        parse(b'{"segments": [' + b"{}," * 1_100_000 + b"{}]}", "podcast-json")
    with pytest.raises(UserError, match="day of speech"):
        parse(b"<transcript>" + b"<a/>" * 2_100_000 + b"</transcript>", "srv1")


@pytest.mark.parametrize("body", [json3(TALK), srv3(TALK), rolling_vtt(TALK)], ids=["json3", "srv3", "vtt"])
def test_words_have_the_times_that_the_format_gives(body: str) -> None:
    kind = "json3" if body[0] == "{" else "srv3" if body[0] == "<" else "vtt"
    words = [word for cue in parse(body.encode(), kind)[:2] for word in cue.words]
    assert [word.text for word in words] == " ".join(TALK[:2]).split()
    assert [word.start for word in words[:4]] == [0.0, 0.3, 0.6, 0.9]
    assert words[8].start == 3.0
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert words[7].end < 2.8  # 'find' begins at 2.1 and takes no 0.9 s


def test_markup_entities_and_invisible_letters_are_gone() -> None:
    cue = (
        '1\n0:00:01,000 --> 0:00:02,000\n{\\an8}<i>It&#39;s</i>\u200b <font size="9">5 &lt; 6</font>\u00a0&amp; 7 < 8\n'
    )
    assert texts(cue, "srt") == ["It's 5 < 6 & 7 < 8"]
    assert texts(
        '<transcript><text start="0" dur="1">it&amp;#39;s &amp;lt;3 &lt;i&gt;x&lt;/i&gt;</text></transcript>', "srv1"
    ) == ["it's <3 x"]
    assert texts("WEBVTT\n\n00:01.000 --> 00:02.000\n<c.yellow>Rhythm &amp;\u200e blues</c>\n", "vtt") == [
        "Rhythm & blues"
    ]
    assert texts('{"segments":[{"startTime":"1.5","body":"<b>so</b>&nbsp;what"}]}', "podcast-json") == ["so what"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Music]", []),
        ("[ __ ] that hurt", ["that hurt"]),
        ("(applause) Thank you", ["Thank you"]),
        ("we won (laughs) at last", ["we won at last"]),
        ("(speaking in\nforeign language)", []),
        ("\u266a la la \u266a", ["la la"]),
        ("he told [the company] to go", ["he told [the company] to go"]),
        ("f (x) is", ["f (x) is"]),
        ("(birds far away)", []),
        ("*sighs* well", ["well"]),
        ("...", []),
    ],
)
def test_sounds_are_dropped_and_words_kept(text: str, said: list[str]) -> None:
    assert texts(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n", "srt") == said


def test_sounds_are_dropped_among_timed_words() -> None:
    cues = parse(json3(["[Music]", "well [Music] hello there", ">> who is it"]).encode(), "json3")
    assert [(cue.text, [word.text for word in cue.words], cue.turn) for cue in cues] == [
        ("well hello there", ["well", "hello", "there"], False),
        ("who is it", ["who", "is", "it"], True),
    ]
    assert cues[0].words[1].start == 3.6


def test_subrip_as_people_leave_it() -> None:
    body = (
        "1\r\n0:00:01,5 --> 0:00:02,000 X1:40 X2:600\r\nThe answer is\r\n42\r\n\r\n"
        "2\r\n00:00:03.000 --> 00:00:04.000\r\nno\r\n\r\nempty line\r\n3\r\n"
        "00:00:05,000 -> 00:00:04,000\r\nends early\r\n"
    )
    cues = parse(body.encode(), "srt")
    assert [(cue.start, cue.text) for cue in cues] == [
        (1.5, "The answer is 42"),
        (3.0, "no empty line"),
        (5.0, "ends early"),
    ]
    assert cues[2].end > 5.0


def test_webvtt_with_notes_styles_and_names_of_cues() -> None:
    body = (
        "WEBVTT - a title\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000\n\nSTYLE\n::cue { color: red }\n\nNOTE made by\n"
        "hand\n\nintro\n00:01.000 --> 00:02.000 line:0\nfirst\n\n"
        "NOTE between\n\nsecond-cue\n01:00:03.000 --> 01:00:04.000\nlast\n"
    )
    assert [(cue.start, cue.text) for cue in parse(body.encode(), "vtt")] == [(1.0, "first"), (3603.0, "last")]


def test_ttml_in_all_its_notations() -> None:
    body = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
      xmlns:ttm="http://www.w3.org/ns/ttml#metadata" ttp:frameRate="25" ttp:tickRate="10">
      <head><metadata><ttm:agent xml:id="a" type="person"><ttm:name>Ada</ttm:name></ttm:agent></metadata></head>
      <body><div begin="10s">
        <p begin="00:00:01:05" end="00:00:02:00">fra<span>m</span>es<br/>and
           lines</p>
        <p begin="30t" dur="500ms" ttm:agent="a">ticks</p>
        <p begin="0.1m">minutes</p>
      </div></body></tt>"""
    cues = parse(body.encode(), "ttml")
    assert [(cue.start, cue.text, cue.speaker) for cue in cues] == [
        (11.2, "frames and lines", None),
        (13.0, "ticks", "Ada"),
        (16.0, "minutes", None),
    ]
    assert [cue.end for cue in cues[:2]] == [12.0, 13.5]


@pytest.mark.parametrize(
    "body",
    [
        "[00:00:05] Ada: Hello there.\n[00:00:09] Bob: Hi.\n\nAnd more.\n[00:00:12] Ada: Good.",
        "Ada (00:05): Hello there.\nBob (00:09): Hi.\nAnd more.\nAda (0:12): Good.",
        "00:05 Ada: Hello there.\n00:09 - Bob: Hi.\nAnd more.\n00:12 Ada: Good.",
        "Ada  0:05\nHello there.\n\nBob  0:09\nHi.\nAnd more.\n\nAda  0:12\nGood.",
        "Ada [00:00:05]\nHello there.\nBob [00:00:09]\nHi.\nAnd more.\nAda [00:00:12]\nGood.",
    ],
)
def test_plain_text_with_times_and_names(body: str) -> None:
    assert [(cue.start, cue.speaker, cue.text) for cue in parse(body.encode(), "txt")] == [
        (5.0, "Ada", "Hello there."),
        (9.0, "Bob", "Hi. And more."),
        (12.0, "Ada", "Good."),
    ]


def test_plain_text_without_times_is_spread_and_says_so() -> None:
    body = "One two three four five.\n\nSix seven eight nine ten, at 12:30 we eat.\n"
    cues = parse(body.encode(), "txt")
    assert not any(cue.timed for cue in cues)
    transcript = transcript_of(cues, language="en", duration=70.0, engine="transcript file")
    assert transcript.engine == "transcript file, estimated times"
    assert [(segment.start, segment.text) for segment in transcript.segments] == [
        (0.0, "One two three four five."),
        (25.0, "Six seven eight nine ten, at 12:30 we eat."),
    ]
    assert transcript.duration == 70.0


def test_subtitles_that_are_called_text_are_read_as_subtitles() -> None:
    for kind in ("vtt", "srt"):
        assert texts(BODIES[kind](TALK), "txt") == list(TALK)
    assert texts("[00:00.000 --> 00:04.000]  First.\n[00:04.000 --> 00:07.000]  Second.", "txt") == [
        "First.",
        "Second.",
    ]


def test_a_page_whose_paragraphs_have_no_times_is_no_transcript() -> None:
    with pytest.raises(UserError):
        parse(b"<html><body><p>Welcome to our show notes.</p><p>Subscribe today.</p></body></html>", "html")
    assert texts("<p>[00:01] Welcome.</p><p>[00:05] Goodbye.</p>", "html") == ["Welcome.", "Goodbye."]
    assert texts("<script>var a = '<p>no</p>'</script><time>0:01</time><p>Yes<br>indeed</p>", "html") == ["Yes indeed"]


@pytest.mark.parametrize(
    "encoded",
    [
        "Füße für Zoë: 5 €, naïve".encode(encoding)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
    ],
)
def test_bytes_are_read_in_any_encoding(encoded: bytes) -> None:
    assert texts(encoded, "txt") == ["Füße für Zoë: 5 €, naïve"]


def test_one_broken_letter_does_not_spoil_the_others() -> None:
    assert texts("naïve café".encode() + b" \xff " + "Zoë".encode(), "txt")[0].startswith("naïve café ")


def test_xml_cannot_reach_out_or_explode() -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;">]><transcript><text start="0">&c;</text></transcript>'
    )
    with pytest.raises(UserError):
        parse(bomb.encode(), "srv1")


def test_impossible_times_are_no_times() -> None:
    starts: list[object] = [1, "2", True, None, -1, 1e12, 10**400, "x", [], {}]
    segments = [{"startTime": start, "body": "word"} for start in starts]
    cues = parse(json.dumps({"segments": segments}).encode(), "podcast-json")
    assert [cue.start for cue in cues] == [1.0, 2.0]
    assert (
        parse(b'{"segments": [{"startTime": NaN, "body": "a"}, {"startTime": Infinity, "body": "b"}]}', "podcast-json")
        == []
    )


def test_cues_are_in_order_of_time() -> None:
    body = "1\n00:00:09,000 --> 00:00:10,000\nlater\n\n2\n00:00:01,000 --> 00:00:02,000\nearlier\n"
    cues: list[Cue] = parse(body.encode(), "srt")
    assert [cue.text for cue in cues] == ["earlier", "later"]
