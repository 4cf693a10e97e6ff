"""Recaps that nobody would want: hostile words everywhere, huge, or almost empty."""

from __future__ import annotations

from hypothesis import strategies as st

from services.vocabulary.media import Media
from services.vocabulary.question import Answer
from services.vocabulary.recap import ActionItem, Chapter, Citation, Narration, Point, Recap, Summary, Topic
from services.vocabulary.source import Publication
from services.vocabulary.transcript import Segment, Speaker, Transcript

ATTACK = "<!channel> *MARK* _MARK_ `MARK` ~MARK~ <https://evil.example|MARK> &amp; <@U0ADA000001> :tada: \u202eMARK"
WORDS = st.one_of(
    st.just(ATTACK),
    st.text(max_size=60),
    st.text(alphabet="&<>*_`~|🎉", max_size=400),
    st.builds(
        lambda word, times: f"{word} " * times, st.sampled_from(["word", "слово", "言葉", "&&&"]), st.integers(0, 250)
    ),
)
ADDRESSES = st.none() | WORDS.map(lambda words: f"https://e.example/{words}") | WORDS
SECONDS = st.floats(0, 50_000, allow_nan=False)


@st.composite
def recaps(draw: st.DrawFn) -> Recap:
    count = draw(st.integers(0, 40))
    voices = draw(st.integers(1, 12))
    starts = sorted(draw(st.lists(SECONDS, min_size=count, max_size=count)))
    segments = tuple(
        Segment(id=number, speaker=draw(st.integers(0, voices - 1)), start=start, end=start + 3, text=draw(WORDS))
        for number, start in enumerate(starts)
    )
    speakers = tuple(
        Speaker(
            id=number,
            name=draw(st.none() | WORDS),
            evidence=tuple(draw(st.lists(st.integers(0, 60), max_size=2))),
            share=1 / voices,
        )
        for number in range(voices)
    )
    points = st.lists(st.builds(Point, text=WORDS, citations=_citations()), max_size=40).map(tuple)
    items = st.builds(
        ActionItem, text=WORDS, citations=_citations(), owner=st.none() | st.integers(0, 20), due=st.none() | WORDS
    )
    chapters = st.builds(
        Chapter, title=WORDS, start=SECONDS, end=SECONDS, first=st.integers(0, 40), last=st.integers(0, 40)
    )
    summary = Summary(
        language=draw(st.sampled_from(["en", "de", "xx"])),
        gist=draw(st.none() | st.builds(Point, text=WORDS, citations=_citations())),
        points=draw(points),
        topics=tuple(Topic(name=name) for name in draw(st.lists(WORDS, max_size=30))),
        chapters=tuple(draw(st.lists(chapters, max_size=60))),
        action_items=tuple(draw(st.lists(items, max_size=40))),
        decisions=draw(points),
        statements=draw(st.integers(0, 500)),
        traced=draw(st.integers(0, 500)),
        engine=draw(WORDS),
    )
    return Recap(
        id="T0123456789:C0123456789:1795224385.000100:F0123456789",
        media=Media(
            id="0" * 64,
            key=None,
            name=draw(WORDS),
            size=0,
            url=draw(ADDRESSES),
            identity=draw(st.none() | st.just("web:x")),
            publication=draw(st.none() | publications()),
        ),
        transcript=Transcript(
            language=draw(st.sampled_from(["en", "de", "und"])),
            duration=draw(SECONDS),
            segments=segments,
            speakers=speakers if segments else (),
            speech=draw(st.floats(0, 1_000)),
            covered=draw(st.floats(0, 1_000)),
            engine=draw(WORDS),
        ),
        summary=summary,
        narration=draw(st.none() | st.builds(Narration, text=WORDS, language=st.just("en"), reason=WORDS)),
        seconds=draw(SECONDS),
        start=draw(st.none() | SECONDS),
    )


def publications() -> st.SearchStrategy[Publication]:
    return st.builds(
        Publication, title=WORDS, author=st.none() | WORDS, duration=st.none() | SECONDS, thumbnail=ADDRESSES
    )


def answers() -> st.SearchStrategy[Answer]:
    sentences = st.lists(st.builds(Point, text=WORDS, citations=_citations()), max_size=30).map(tuple)
    return st.builds(Answer, found=st.booleans(), sentences=sentences, note=st.none() | WORDS)


def _citations() -> st.SearchStrategy[tuple[Citation, ...]]:
    one = st.builds(
        Citation,
        first=st.integers(0, 50),
        last=st.integers(0, 50),
        start=SECONDS,
        end=SECONDS,
        speaker=st.integers(0, 20),
        text=WORDS,
    )
    return st.lists(one, max_size=5).map(tuple)
