"""Feeds as they are: of every age and encoding, damaged, or built to harm."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from services.media.podcasts import Episode
from services.media.podcasts.episode import Wanted
from services.media.podcasts.feed import find, mended
from services.vocabulary.errors import UserError
from tests.sites.podcast_site import CHANNEL, ROPES, TIDES, feed

BASE = "https://harbour.example/feeds/main.xml"
SOUND = '<enclosure url="/a.mp3" type="audio/mpeg" length="9000"/>'


def _found(text: str | bytes, wanted: Wanted | None = None, charset: str | None = None) -> Episode | None:
    body = text.encode() if isinstance(text, str) else text
    return find(body, charset=charset, base=BASE, wanted=wanted or Wanted())


def _title(text: str | bytes, wanted: Wanted | None = None, charset: str | None = None) -> str | None:
    episode = _found(text, wanted, charset)
    return episode.publication.title if episode else None


def _dated(title: str, date: str) -> str:
    return f"<item><title>{title}</title><pubDate>{date}</pubDate>{SOUND}</item>"


@pytest.mark.parametrize(
    ("items", "newest"),
    [
        ([TIDES, ROPES], "Tides & tables"),
        ([ROPES, TIDES], "Tides & tables"),
        ([f"<item><title>a</title>{SOUND}</item>", f"<item><title>b</title>{SOUND}</item>"], "a"),
        ([f"<item><title>a</title>{SOUND}</item>", _dated("b", "Tue, 10 Nov 2026 06:00:00 GMT")], "b"),
        ([_dated("a", "Tue, 10 Nov 2026 06:00:00 -0800"), _dated("b", "Tue, 10 Nov 2026 06:00:00 GMT")], "a"),
        ([_dated("a", "yesterday"), _dated("b", "Mon, 99 Foo 20260 25:61:00")], "a"),
        (["<item><title>words</title></item>", ROPES], "Ropes"),
    ],
)
def test_the_newest_by_date_else_the_first(items: list[str], newest: str) -> None:
    assert _title(feed(*items)) == newest


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        (Wanted(guid="ep-1"), "Ropes"),
        (Wanted(enclosure="http://cdn.example/ropes.m4a"), "Ropes"),
        (Wanted(pages=("http://www.harbour.example/episodes/ropes#t=3",)), "Ropes"),
        (Wanted(pages=("https://harbour.example/episodes/tides?utm_medium=x",)), "Tides & tables"),
        (Wanted(titles=("TIDES & Tables!",)), "Tides & tables"),
        (Wanted(guid="ep-1", titles=("Tides & tables",)), "Ropes"),
        (Wanted(pages=("https://harbour.example/episodes/ropes?p=2",)), None),
        (Wanted(titles=("Tide",)), None),
        (Wanted(titles=("",)), None),
    ],
)
def test_the_wanted_entry_or_none(wanted: Wanted, title: str | None) -> None:
    assert _title(feed(TIDES, ROPES), wanted) == title


def test_atom() -> None:
    text = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
    <title>L'heure du port</title><id>urn:x</id><link rel="self" href="/feed"/>
    <entry><source><title>Ailleurs</title><id>no</id></source><title>Marées</title><id>urn:1</id>
    <link rel="alternate" href="/e/marees"/><published>2026-11-10T06:00:00Z</published>
    <link rel="enclosure" href="marees.mp3" type="audio/mpeg" length="77"/></entry></feed>"""
    episode = _found(text, Wanted(pages=("https://harbour.example/e/marees",)))
    assert episode is not None
    assert episode.publication.title == "Marées"
    assert episode.publication.author == "L'heure du port"
    assert episode.publication.language == "fr"
    assert episode.enclosure is not None
    assert episode.enclosure.url == "https://harbour.example/feeds/marees.mp3"


def test_media_rss_and_an_image_before_the_title() -> None:
    channel = "<image><title>Logo</title><url>https://h.example/logo.png</url></image><title>Clips</title>"
    item = """<item><title>One</title><media:group xmlns:media="http://search.yahoo.com/mrss/">
    <media:content url="https://h.example/1.jpg" type="image/jpeg"/>
    <media:content url="https://h.example/1.mp4" type="video/mp4" duration="65" fileSize="5000"/>
    </media:group></item>"""
    episode = _found(feed(item, channel=channel))
    assert episode is not None
    assert episode.publication.author == "Clips"
    assert episode.publication.duration == 65
    assert episode.publication.thumbnail == "https://h.example/logo.png"
    assert episode.enclosure is not None
    assert episode.enclosure.model_dump() == {"url": "https://h.example/1.mp4", "type": "video/mp4", "size": 5000}


def test_the_recorded_example_of_the_podcast_namespace(shared: Path) -> None:
    recorded = (shared / "fixtures/captions/podcast-namespace/podcast-example.xml").read_text()
    inner = recorded[recorded.index("<podcast:episode>") : recorded.index("</test-wrapper>")]
    episode = _found(feed(f"<item><title>One</title>{SOUND}{inner}</item>"))
    assert episode is not None
    assert episode.chapters_url == "https://example.com/ep1_chapters.json"
    assert [file.url for file in episode.transcripts] == [
        f"https://example.com/ep{n}/transcript.txt" for n in (1, 2, 3)
    ]
    assert {(file.kind, file.language) for file in episode.transcripts} == {("txt", "en")}


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (
            feed(TIDES.replace("Tides &amp; tables", "Ébb"), head="<?xml version='1.0' encoding='iso-8859-1'?>").encode(
                "latin-1"
            ),
            "utf-8",
        ),
        (feed(TIDES.replace("Tides &amp; tables", "Ébb"), head="").encode("cp1252"), "windows-1252"),
        (feed(TIDES.replace("Tides &amp; tables", "Ébb")).encode("utf-8-sig"), "latin-1"),
        (feed(TIDES.replace("Tides &amp; tables", "Ébb")).encode("utf-16"), None),
        (feed(TIDES.replace("Tides &amp; tables", "Ébb"), head='<?xml version="1.0"?>').encode("utf-16-be"), None),
        (feed(TIDES.replace("Tides &amp; tables", "Ébb"), head="<?xml version='1.0' encoding='zlib'?>").encode(), None),
        (
            feed(TIDES.replace("Tides &amp; tables", "Ébb"), head="<?xml version='1.0' encoding='no-such'?>").encode(),
            "x",
        ),
    ],
)
def test_encodings(text: bytes, charset: str | None) -> None:
    assert _title(text, charset=charset) == "Ébb"


def test_an_encoding_that_expat_does_not_know() -> None:
    head = "<?xml version='1.0' encoding='Shift_JIS'?>"
    assert _title(feed(TIDES.replace("Tides &amp; tables", "港の時間"), head=head).encode("shift_jis")) == "港の時間"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Salt & rope", "Salt & rope"),
        ("Salt&nbsp;&ndash;&nbsp;rope", "Salt – rope"),
        ("Salt &bogus; rope", "Salt &bogus; rope"),
        ("Salt\x08 rope", "Salt rope"),
        ("<![CDATA[Salt & <b>rope</b>]]> &", "Salt & rope &"),
        ("Salt &#x26; &amp;amp; rope &", "Salt & & rope &"),
    ],
)
def test_common_faults_are_mended(written: str, title: str) -> None:
    assert _title(feed(TIDES.replace("Tides &amp; tables", written))) == title


def test_mending_leaves_sound_text_as_it_is() -> None:
    assert mended(feed(TIDES, ROPES)) == feed(TIDES, ROPES)


def test_what_stands_before_a_fault_counts() -> None:
    assert _title(feed(ROPES, TIDES)[:-40]) == "Ropes"
    assert _title(feed(ROPES) + "<rubbish") == "Ropes"
    with pytest.raises(UserError, match="not well-formed"):
        _title(feed(ROPES)[:-40])
    with pytest.raises(UserError, match="not well-formed"):
        _title(feed(ROPES, TIDES)[:-40], Wanted(guid="ep-0"))


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">',
        "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]>",
        "<!DOCTYPE rss [<!ENTITY a '" + "x" * 10_000 + "'>]>",
    ],
)
def test_declarations_are_refused(hostile: str) -> None:
    with pytest.raises(UserError, match="not accepted"):
        _found(feed(TIDES, head=hostile))


def test_depth_is_bounded() -> None:
    with pytest.raises(UserError, match="not accepted"):
        _found(feed(TIDES, "<a>" * 5000))


def test_texts_and_lists_are_bounded() -> None:
    many = '<podcast:transcript url="https://x.example/t.vtt" type="text/vtt"/>' * 5000
    chapters = "".join(f'<psc:chapter start="{second}" title="c"/>' for second in range(3000))
    item = f"<item><title>{'long ' * 100_000}</title>{SOUND}{many}</item>"
    episode = _found(feed(item))
    assert episode is not None
    assert len(episode.publication.title) <= 300
    assert len(episode.transcripts) == 20
    marked = _found(feed(f"<item><title>a</title>{SOUND}<psc:chapters>{chapters}</psc:chapters></item>"))
    assert marked is not None
    assert len(marked.publication.chapters) == 500


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:audio/mp3,AA",
        "http://u:p@h.example",
        "ftp://h.example/a.mp3",
        "",
    ],
)
def test_other_schemes_are_no_recordings(url: str) -> None:
    with pytest.raises(UserError, match="no episode with a recording"):
        _found(feed(f'<item><title>a</title><enclosure url="{url}" type="audio/mpeg" length="1"/></item>'))


def test_a_name_or_a_type_makes_a_recording() -> None:
    def kept(url: str, kind: str) -> bool:
        item = f'<item><title>a</title><enclosure url="https://h.example/{url}" type="{kind}" length="9"/></item>'
        try:
            return _found(feed(item)) is not None
        except UserError:
            return False

    assert kept("a", "audio/mpeg")
    assert kept("a.mp3?x=1", "")
    assert kept("a.MP3", "application/octet-stream")
    assert kept("a", "Audio/MPEG; charset=x")
    assert not kept("a", "")
    assert not kept("a.pdf", "application/pdf")
    assert not kept("a.torrent", "application/x-bittorrent")
    assert not kept("a.mp3", "image/png")


def test_mutations_end_in_an_episode_or_a_sentence() -> None:
    dice = random.Random(5)
    whole = feed(TIDES, ROPES, channel=CHANNEL).encode()
    pieces = [
        b"<",
        b">",
        b"&",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"\0",
        b"\xff\xfe",
        b"<item>",
        b"</item>",
        b'"',
        b"xmlns:",
        b"<?xml",
    ]
    outcomes = {"episode": 0, "sentence": 0}
    for _ in range(1000):
        body = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            place = dice.randrange(len(body))
            body[place : place + dice.randint(0, 30)] = dice.choice(pieces)
        try:
            outcomes["episode"] += _found(bytes(body)) is not None
        except UserError:
            outcomes["sentence"] += 1
    assert min(outcomes.values()) > 50
