"""Questions about the recording as a whole, which the summary answers: it was made, and checked, for just that."""

from __future__ import annotations

import re

from services.vocabulary.question import Answer
from services.vocabulary.recap import Summary

_POINTS = 3
_THING = "meeting|recording|talk|video|call|podcast|episode|discussion|conversation|interview|lecture|presentation"
_ITS = rf"(?:the|this|that|our|their) (?:\w+ )?(?:{_THING}|audio|clip|session)"
_IT = rf"(?:this|that|it|everything|all of (?:this|it)|{_ITS})"
_SUMMARY = rf"(?:summary|recap|overview|gist|tldr|tl dr)(?: of {_IT})?"
_MAIN = "(?:main|key|most important)"
_SHORT = r"(?:a |an |the )?(?:short |quick |brief )?"
_ASKING = (
    rf"what(?: i|')?s {_IT}(?: all)? about",
    rf"what was {_IT}(?: all)? about",
    r"what (?:did|do) (?:they|we|you(?: guys)?|people) (?:talk|speak) about",
    rf"what (?:is|was|were|gets?) (?:being )?(?:discussed|said|talked about)(?: (?:in|on|here in) {_IT})?",
    rf"(?:(?:can|could|would) you )?(?:summari[sz]e|sum up|recap)(?: {_IT})?",
    rf"(?:(?:can|could) (?:you|i) )?(?:give me|get|have|i want|write)? ?{_SHORT}{_SUMMARY}",
    rf"what (?:is|are|was|were) the {_MAIN} (?:point|takeaway|topic|idea|message)s?(?: (?:of|in) {_IT})?",
    rf"what (?:is|was|are|were) the (?:topic|subject|theme)s?(?: (?:of|in) {_IT})?",
    rf"what (?:topic|subject|thing)s (?:were|are|did they) (?:discuss|cover|talk about)(?:ed)?(?: in {_IT})?",
    r"worum (?:geht|ging) es(?: (?:hier|da|denn|darin|in .{1,40}))?",
    r"was wurde (?:hier |da )?(?:besprochen|gesagt)",
    r"(?:kannst du )?(?:fass|fasse) (?:das|es|die \w+|den \w+) zusammen",
    r"de quoi (?:s'agit[- ]il|ça parle|parle[- ]t[- ]on|parlent[- ]ils|est[- ]il question)",
    r"(?:peux[- ]tu )?résume(?:r|z)?(?: (?:ça|cela|la \w+|le \w+|l'\w+))?",
    r"de qué (?:trata|va|se trata|hablan|hablaron|se habla|se habló)(?: (?:esto|eso|la \w+|el \w+))?",
    r"(?:puedes )?resum(?:e|ir|en)(?: (?:esto|la \w+|el \w+))?",
)
_ASKED = re.compile("|".join(_ASKING), re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:so|ok|okay|hey|hi|and|please|earshot)\b[ ,]*|[ ,]*\b(?:please|thanks|bitte|s'il te plaît|por favor)$"
)


def asks_for_overview(text: str) -> bool:
    """Whether the question is about the whole and nothing in particular: 'what was this about?'."""
    plain = " ".join(re.sub(r"[?!.,;:¿¡…]", " ", text.replace("\u2019", "'").lower()).split())
    return bool(_ASKED.fullmatch(_POLITE.sub("", _POLITE.sub("", plain)).strip()))


def overview(text: str, summary: Summary) -> Answer | None:
    """The gist and the first points as an answer; None where something in particular is asked, or nothing is known."""
    if summary.gist is None or not asks_for_overview(text):
        return None
    said = {summary.gist.text}
    points = [point for point in summary.points if point.text not in said]
    return Answer(
        found=True,
        sentences=(summary.gist, *points[:_POINTS]),
        language=summary.language,
        engine=summary.engine,
    )
