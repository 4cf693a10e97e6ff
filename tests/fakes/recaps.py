"""A made-up recap of a meeting, as the product makes them."""

from __future__ import annotations

from itertools import pairwise

from services.vocabulary.media import Media
from services.vocabulary.recap import ActionItem, Chapter, Citation, Narration, Point, Recap, Summary, Topic
from services.vocabulary.transcript import Segment, Speaker, Transcript, Word

_SAID = (
    (0, "Good morning everyone, this is Maya, and today we have to settle the launch of the spring catalogue."),
    (0, "I would like to leave this call with one date and one owner for each open question."),
    (1, "Thanks Maya, Jonas here from the print side."),
    (1, "The short version is that the paper is late by nine days, because the mill in Graz had a burst pipe."),
    (1, "If we keep the heavy stock, the books cannot reach the shops before the fourth of May."),
    (2, "And with the lighter stock?"),
    (1, "With the lighter stock we could deliver on the twenty seventh of April, and it is eleven percent cheaper."),
    (0, "How does it feel in the hand, honestly?"),
    (1, "Thinner, but the colours hold up, and I sent two sample copies to your office yesterday."),
    (2, "From the shops I hear that the date matters more than the weight."),
    (2, "Two thirds of them print their own spring posters around our date."),
    (0, "Then let us decide it now: we go with the lighter stock and launch on the twenty seventh of April."),
    (1, "Good, I will confirm the order with the mill by Thursday."),
    (2, "I can tell the shops, but I need the new cover picture first."),
    (0, "You will have the cover from me on Wednesday evening."),
    (2, "Next point, the website, because the old pages still show the autumn prices."),
    (2, "Last week forty customers wrote to us about a price that no longer exists."),
    (0, "That is embarrassing."),
    (1, "It is the cache of the shop system, we had that two years ago as well."),
    (2, "The people from the agency say they can clear it, but only with a written order."),
    (0, "I will write that order today, right after this call."),
    (1, "Could we also have a page that shows when each price was last checked?"),
    (2, "Yes, and it would save me an hour every Monday."),
    (0, "Let us keep that for the next meeting, it needs a budget."),
    (2, "Last thing from me: the fair in Bologna wants to know whether we take the big stand again."),
    (1, "The big stand cost us nine thousand euros and brought three contracts."),
    (0, "I do not want to decide that without the figures from the smaller fairs."),
    (2, "Then I will collect the figures and send them around before Friday."),
    (0, "Perfect, thank you both, that was quicker than I feared."),
)
_CHAPTERS = (
    (0, "Why the paper is late"),
    (9, "Choosing the lighter stock and the date"),
    (15, "Old prices on the website"),
    (24, "The stand in Bologna"),
)


def sample_recap(recap_id: str = "T0SANDBOX01:C0GENERAL01:1795224385.000100:F0123ABCD") -> Recap:
    """Three people, five minutes."""
    transcript = sample_transcript()

    def cited(number: int) -> tuple[Citation, ...]:
        segment = transcript.segments[number]
        return (
            Citation(
                first=number,
                last=number,
                start=segment.start,
                end=segment.end,
                speaker=segment.speaker,
                text=segment.text,
            ),
        )

    def point(number: int) -> Point:
        return Point(text=_SAID[number][1], citations=cited(number))

    bounds = [first for first, _ in _CHAPTERS] + [len(_SAID)]
    chapters = tuple(
        Chapter(
            title=title,
            start=transcript.segments[first].start,
            end=transcript.segments[after - 1].end,
            first=first,
            last=after - 1,
        )
        for (first, after), (_, title) in zip(pairwise(bounds), _CHAPTERS, strict=True)
    )
    summary = Summary(
        language="en",
        gist=Point(
            text="The spring catalogue is printed on lighter paper so that it can launch on the 27th of April.",
            citations=cited(11),
        ),
        points=tuple(map(point, (3, 6, 9, 16, 25))),
        topics=tuple(Topic(name=name) for name in ("spring catalogue", "lighter stock", "autumn prices", "Bologna")),
        chapters=chapters,
        action_items=(
            ActionItem(text="Confirm the order with the mill.", citations=cited(12), owner=1, due="by Thursday"),
            ActionItem(text="Send the new cover picture.", citations=cited(14), owner=0, due="on Wednesday evening"),
            ActionItem(text="Collect the figures of the smaller fairs.", citations=cited(27), due="before Friday"),
        ),
        decisions=(point(11),),
        statements=10,
        traced=10,
        engine="extractive",
    )
    return Recap(
        id=recap_id,
        media=Media(id="ab" * 32, key=f"media/{'ab' * 32}", name="Spring catalogue weekly.m4a", size=2_400_000),
        transcript=transcript,
        summary=summary,
        narration=Narration(text="…", language="en", key="narration.mp3", duration=31.0, voice="amy"),
        seconds=94.0,
    )


def sample_transcript() -> Transcript:
    """The words with times: two and a half words a second, half a second between two sentences."""
    segments, now = [], 1.2
    for number, (speaker, text) in enumerate(_SAID):
        words = []
        for word in text.split():
            words.append(Word(text=word, start=round(now, 2), end=round(now + 0.4, 2)))
            now += 0.4
        segments.append(
            Segment(
                id=number,
                speaker=speaker,
                start=words[0].start,
                end=words[-1].end,
                text=text,
                words=tuple(words),
            )
        )
        now += 0.5
    talk = [sum(each.end - each.start for each in segments if each.speaker == number) for number in range(3)]
    return Transcript(
        language="en",
        duration=round(now + 1, 1),
        segments=tuple(segments),
        speakers=(
            Speaker(id=0, name="Maya", evidence=(0,), share=talk[0] / sum(talk)),
            Speaker(id=1, name="Jonas", evidence=(2,), share=talk[1] / sum(talk)),
            Speaker(id=2, share=talk[2] / sum(talk)),
        ),
        speech=sum(talk),
        covered=sum(talk) * 0.99,
        engine="whisper base",
    )
