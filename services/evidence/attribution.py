# ruff: noqa: RUF001 - words of several languages are the subject
"""Who is said to have said or promised something, held against who did.

The checker knows that a name stands in the cited words; this knows that being named is not the same as speaking. 'Priya
says ...' needs words of Priya's own, or somebody who reports them; 'Bob will ...' needs Bob's own promise, his yes to
a request, or words that say so of him.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from services.evidence.folding import fold
from services.evidence.romanized import sounds_like
from services.evidence.stopwords import is_stop_word
from services.evidence.terms import terms
from services.vocabulary.transcript import Segment, Transcript

_SAYS = (
    r"sa(?:y|ys|id)|ask(?:s|ed)?|tells?|told|propos\w+|suggest\w*|argu\w+|explain\w*|agree[sd]?|disagree[sd]?|thinks?|thought"
    r"|wants?|wanted|believe[sd]?|announc\w+|confirm(?:s|ed)?|report(?:s|ed)|not(?:es|ed)|mention(?:s|ed)?|object(?:s|ed)"
    r"|decide[sd]?|recommend(?:s|ed)?|insist(?:s|ed)?|claim(?:s|ed)|warn(?:s|ed)?|complain(?:s|ed)?|admit(?:s|ted)?|stress(?:es|ed)"
    r"|describe[sd]?|add(?:s|ed)|repl(?:ies|ied)|answer(?:s|ed)|request(?:s|ed)|reject(?:s|ed)|approve[sd]|prefer(?:s|red)?|hope[sd]?"
    r"|expect(?:s|ed)?|present(?:s|ed)|introduc(?:es|ed)|welcom(?:es|ed)|fears?|doubts?|considers|demand(?:s|ed)"
    r"|sagt|sagte|fragt|fragte|meint|meinte|schlägt|schlug|erklärt|erklärte|will|wollte|glaubt|glaubte|berichtet|berichtete|bestätigt"
    r"|bestätigte|fordert|forderte|warnt|warnte|betont|betonte|möchte|findet|fand"
    r"|dit|demande|explique|pense|annonce|confirme|souhaite|suggère|affirme|avertit|recommande|veut|a dit|a demandé"
    r"|a proposé"
    r"|gesagt|gefragt|gemeint|vorgeschlagen|gefordert|angekündigt|berichtet|zufolge|selon|según"
    r"|сказал\w*|говорит|считает|предложил\w*|просит|попросил\w*|объяснил\w*|хочет"
    r"|dice|dijo|pregunta|preguntó|propone|propuso|explica|explicó|quiere|piensa|cree|anuncia|sugiere|afirma|advierte"
)
_WILL = (
    r"will|'ll|shall|is going to|is to|has to|needs to|must|should|is responsible|is in charge|takes? (?:over|on"
    r"|care)|owns?"
    r"|volunteer(?:s|ed)|commit(?:s|ted)|promise[sd]?|offer(?:s|ed)|has agreed to|agreed to|agrees to|plans? to"
    r"|planned to|is assigned"
    r"|wird|soll|muss|übernimmt|kümmert|verspricht|versprach|va|doit|s'occupe|se charge|promet|debe|tiene que"
    r"|se encarga|se ocupa|promete"
)
_PLEDGE = re.compile(
    r"\b(?:i'll|i will|i shall|i'm going to|i am going to|i'm gonna|i need to|i have to|i must"
    r"|i promise|let me|will do"
    r"|ich (?:werde|kann|muss|mache|schicke|übernehme|kümmere)|mach(?:e)? ich|je (?:vais|peux|dois|m'en"
    r"|m'occupe|\w+rai)|voy a|puedo"
    r"|me encargo|me ocupo|tengo que|\w+ré)\b"
)
_ACCEPTS = re.compile(
    r"^\W*(?:oh |okay,? |well,? )?(?:yes|yeah|yep|sure|of course|okay|ok|absolutely|will do|definitely|certainly"
    r"|no problem|happy to|glad to|gladly"
    r"|sounds good|got it|on it|fine|all ?right|can do|ja|klar|gerne|natürlich|mache ich|oui|d'accord|bien sûr"
    r"|volontiers|sí|claro|vale|por supuesto)\b"
)
_REFUSES = re.compile(
    r"\b(?:no|not|can't|cannot|won't|don't|nein|nicht|kann nicht|non|pas|ne|no puedo|unfortunately|afraid|leider)\b"
)
_GROUPS = """management marketing engineering leadership sales finance support staff everyone everybody nobody people
    parliament congress government police customers users participants speakers both others legal research operations
    product
    design speaker leute alle niemand kunden"""
_CAPITAL = r"[^\W\d_a-zà-öø-ÿα-ωа-яёіїєґ]"
_NAME = rf"{_CAPITAL}\w+(?:[-'’ ]{_CAPITAL}\w+)*|Speaker \d+"
_AFTER = re.compile(
    r"\b(?:from|of|in|to|for|at|on|with|by|about|near|and|or|the|a|an|von|aus|für|mit|bei|nach|der|die|das|dem|den|ein|eine|und"
    r"|de|à|en|du|des|chez|pour|avec|le|la|les|un|une|et|el|los|las|del|con|para|una|y|из|в|на|с|и)\s$",
    re.IGNORECASE,
)
_NOUN_CAPITALS = ("de", "lb")
_CLAIM = re.compile(
    rf"(?P<name>{_NAME})(?:,? (?:also|then|now|later|again|just|\w+ly))? ?(?:(?P<will>{_WILL})|(?P<says>{_SAYS}))\b"
)
_TITLES = "mr mrs ms dr prof herr frau monsieur madame señor señora signor signora"
_NEAR = 40
"""Letters within which a verb belongs to a name."""


class Attribution:
    """Checks who is made the speaker or the doer of something in statements of a language."""

    def __init__(self, transcript: Transcript, language: str) -> None:
        self._transcript = transcript
        self._language = language
        self._same = language == transcript.language
        self._text = fold(transcript.text)
        written = set(re.findall(r"[^\W\d_]+", transcript.text))
        self._capitals = frozenset(w.casefold() for w in written if w[0].isupper() and w.casefold() not in written)

    def is_fair(self, statement: str, segments: Sequence[Segment]) -> bool:
        """Whether nobody is credited with words or promises that are not theirs in these segments."""
        return all(
            self._promised(speaker, name, statement, segments)
            if will
            else self._said(speaker, name, statement, segments)
            for name, speaker, will in self._claims(statement)
        )

    def _claims(self, statement: str) -> Iterator[tuple[str, int | None, bool]]:
        """Who is said to say or do something: the name, the speaker of that name, and whether it is to be done."""
        statement = statement.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        for match in _CLAIM.finditer(statement):
            speaker = self._speaker(match["name"])
            first = not statement[: match.start()].rstrip() or statement[: match.start()].rstrip()[-1] in ".!?:;"
            if speaker is not None or (
                not _AFTER.search(statement[: match.start()])
                and self._is_person(match["name"], first=first, says=not match["will"])
            ):
                yield match["name"], speaker, bool(match["will"])

    def _speaker(self, name: str) -> int | None:
        """The one speaker who is called so, by label or by part of it."""
        wanted = set(fold(name).split())
        found = [s.id for s in self._transcript.speakers if wanted <= set(fold(s.label).split())]
        return found[0] if len(found) == 1 else None

    def _is_person(self, name: str, *, first: bool, says: bool) -> bool:
        """Whether a word with a capital before such a verb is a name; where nouns have capitals, who 'says' is."""
        word = fold(name).split()[0]
        if is_stop_word(word, self._language) or word in _GROUPS.split():
            return False
        if self._language in _NOUN_CAPITALS:
            return first and says
        return not first or word in self._capitals or (word not in self._text and not word.endswith("s"))

    def _said(self, speaker: int | None, name: str, statement: str, segments: Sequence[Segment]) -> bool:
        own = [segment for segment in segments if segment.speaker == speaker]
        if not own:
            return self._reported(name, _SAYS, segments)
        theirs = self._shared(statement, name, own)
        voices = {segment.speaker for segment in segments} - {speaker}
        others = [self._shared(statement, name, [s for s in segments if s.speaker == voice]) for voice in voices]
        return not self._same or (self._overlap(statement, name, own) and theirs >= max(others, default=0))

    def _promised(self, speaker: int | None, name: str, statement: str, segments: Sequence[Segment]) -> bool:
        own = [segment for segment in segments if segment.speaker == speaker]
        if any(_PLEDGE.search(fold(s.text)) and self._overlap(statement, name, [s]) for s in own):
            return True
        if any(self._called(name, s) for s in segments if s.speaker != speaker) and any(map(_agrees, own)):
            return True
        return self._reported(name, _WILL, segments)

    def _reported(self, name: str, verbs: str, segments: Iterable[Segment]) -> bool:
        """Whether somebody says of that name that it says or will do something."""
        first = _called(name)
        for text in (fold(segment.text) for segment in segments):
            for word in set(re.findall(r"\w+", text)):
                if word != first and not sounds_like(first, [word]):
                    continue
                if re.search(rf"\b{word}\b[^.?!,]{{0,{_NEAR}}}?(?:\b|(?='))(?:{verbs})\b", text):
                    return True
        return False

    def _called(self, name: str, segment: Segment) -> bool:
        first = re.escape(fold(name).split()[0])
        return bool(
            re.search(rf"(?:^|[,.!?]\s*|\b(?:okay|hey|and|so)\s){first}\s*,|,\s*{first}\s*[?.!,]", fold(segment.text))
        )

    def _overlap(self, statement: str, name: str, own: Sequence[Segment]) -> bool:
        """Whether their own words have anything of the statement's; not to be known across languages."""
        return not self._same or not self._wanted(statement, name) or self._shared(statement, name, own) > 0

    def _shared(self, statement: str, name: str, own: Sequence[Segment]) -> int:
        """How many of the statement's terms these segments have."""
        said = {term for segment in own for term in terms(segment.text, self._transcript.language)}
        return len(self._wanted(statement, name) & said)

    def _wanted(self, statement: str, name: str) -> set[str]:
        language = self._transcript.language
        return set(terms(statement, language)) - set(terms(name, language))


def _called(name: str) -> str:
    """The folded word by which people speak of somebody: the first that is no title."""
    words = fold(name).split()
    return next((word for word in words if word not in _TITLES.split()), words[0])


def _agrees(segment: Segment) -> bool:
    text = fold(segment.text)
    return bool(_ACCEPTS.match(text)) and not _REFUSES.search(text)
