"""A meeting to ask about: three people, three points, decisions and promises."""

from __future__ import annotations

from functools import lru_cache

from services.evidence.embeddings import embedder_for
from services.evidence.retrieval import Retriever
from services.evidence.splitting import split_text
from services.vocabulary.transcript import Segment, Speaker, Transcript

LINES = """Grace: Good morning everyone, thanks for joining. I'm Grace, and today we plan the autumn launch of the app.
Alan: Morning. This is Alan from engineering.
Mary: Hi, Mary here, from marketing.
Grace: So, um, first point is pricing. Last quarter we charged twelve euros a month and churn was at seven percent.
Mary: I think twelve euros is too high. The survey said most customers would pay nine euros.
Alan: I disagree, because the hosting costs went up by twenty percent since March. Nine euros leaves us no margin.
Grace: What if we offer two plans? A basic plan for nine euros and a team plan for nineteen.
Mary: That would work for me.
Grace: Good, so we agreed on two plans, nine and nineteen euros.
Grace: Second point, the launch date. Marketing wanted September first.
Mary: Yes, because of the conference in Berlin. The booth is already paid.
Alan: The offline mode won't be ready by then. We found a bug in the sync engine that loses edits.
Grace: How long do you need to fix it?
Alan: Two weeks, maybe three, if Priya helps me.
Grace: Okay, then let's move the launch to September twenty second.
Mary: Then we will miss the conference, but I can show a preview there.
Grace: Third point is the support team. We get four hundred tickets a week and only three people answer them.
Mary: We should hire two more people in Lisbon.
Alan: Or we write better documentation. Half of the tickets are about resetting the password.
Grace: Let's do both. Mary, can you write the job posting by Friday?
Mary: Sure, I'll send it to you on Friday.
Alan: I'll rewrite the password page next week.
Grace: And I will talk to finance about the budget for Lisbon. Thanks everyone, that was a good meeting."""


def transcript(lines: str = LINES, language: str = "en") -> Transcript:
    """Lines of 'Name: words', cut into sentences, at a pace of speech."""
    segments: list[Segment] = []
    names: list[str] = []
    at = 0.0
    for line in lines.splitlines():
        name, _, said = line.partition(": ")
        if name not in names:
            names.append(name)
        for text in split_text(said):
            end = at + max(0.5, len(text) / 14)
            segments.append(Segment(id=len(segments), speaker=names.index(name), start=at, end=end, text=text))
            at = end + 0.2
    speakers = tuple(Speaker(id=i, name=name) for i, name in enumerate(names))
    return Transcript(language=language, duration=at, segments=tuple(segments), speakers=speakers)


@lru_cache(maxsize=1)
def meeting() -> Retriever:
    """The meeting, ready to be asked about."""
    return Retriever(transcript(), embedder_for("en"))
