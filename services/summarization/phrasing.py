"""Whether words can stand as the name of a subject, judged by the company they keep in this recording.

A noun follows articles and prepositions and may end a phrase; a verb follows pronouns and auxiliaries; an adjective
hardly ever ends a phrase. Counting that needs no tagger, and languages without lists of such words go unjudged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from services.evidence.stopwords import is_stop_word

_BEFORE_NOUNS = {
    "en": """the a an this that these those our your their his her its my some any each every no of in on with for from
        about by into""",
    "de": """der die das dem den des ein eine einen einem einer kein keine unser unsere mein meine ihr ihre im am zum
        zur vom bei mit für""",
    "fr": "le la les l' un une des du de d' ce cette ces notre nos votre leur mon ma son sa aux au en pour avec",
    "es": "el la los las un una unos unas del de este esta estos estas nuestro nuestra su mi al en con para",
}
_BEFORE_VERBS = {
    "en": """i you we they he she it who to can could will would should must might may don't didn't doesn't let's not
        i'll we'll you'll they'll i'd we'd gonna wanna please""",
    "de": "ich du wir man sie er zu nicht bitte",
    "fr": "je j' tu nous vous ils on il elle ne n' pas",
    "es": "yo nosotros ellos se no que",
}
_WEAK = {
    "en": """able alright amount answer area area aspect back bad bit case chair chance change committee couple course
        day deal difference different discussion easy end everybody everyone example extra fact feel feeling fine first
        following fun future general good great group guess guy half hand happy hard head hear help high hold
        honourable hope hour idea important information interest interesting issue item job last later left less level
        line list little long look low madam main major matter member mention minister minute mister moment month
        morning mr mrs ms name need new next nice note number ok okay old opinion option order own pardon part past
        people percent perfect person piece place please point possible pretty previous problem question quick reason
        rest result run second section set short show side simple single sir situation slide small sorry special
        specific speak start step story stuff subject suggest sense sentence talk term thank thing third thought time
        today together tomorrow tonight top topic total true try turn type use view wait way week whole word work
        world wrong year yesterday zero one two three four five six seven eight nine ten eleven twelve thirteen
        fifteen sixteen twenty thirty forty fifty hundred thousand million billion euro dollar clear concern agree
        agreement awesome cool sound gentleman gentlemen lady colleague recent big bigger better best weird using
        close deep far regular expensive cheap boring useless essentially involved bunch variety regarding relation hi
        hello
        bye goodbye hey welcome everything nothing anything""",
    "de": """beispiel bisschen ding dinge fall frage grund idee jahr jahre leute mal moment problem punkt sache sachen
        seite tag tage teil thema uhr weise woche wochen zeit herr frau heute morgen gestern""",
    "fr": """an année cas chose choses exemple façon fois gens heure idée jour manière moment mois part personne point
        problème question semaine temps truc aujourd'hui demain hier monsieur madame""",
    "es": """año años caso cosa cosas día días ejemplo forma gente hora idea manera mes minuto momento parte persona
        pregunta problema punto semana tema tiempo vez hoy mañana ayer señor señora""",
}
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019.&][^\W_]+)*|[^\s\w]")
_ENDS = 0.34
"""Share of its uses in which a word must end a run, to be the head of a phrase."""


class Phrasing:
    """What stands before and after the words of a recording. `folded` brings a word to its base form."""

    def __init__(self, texts: Sequence[str], language: str, folded: Callable[[str], str]) -> None:
        self._weak = {folded(word) for word in _WEAK.get(language, "").split()}
        self._judges = language in _BEFORE_NOUNS
        self._nounlike: Counter[str] = Counter()
        self._used: Counter[str] = Counter()
        self._ending: Counter[str] = Counter()
        nouns, verbs = set(_BEFORE_NOUNS.get(language, "").split()), set(_BEFORE_VERBS.get(language, "").split())
        for text in texts:
            words = ["", *(word.casefold().replace("\u2019", "'") for word in _WORD.findall(text)), ""]
            for before, word, after in zip(words, words[1:], words[2:], strict=False):
                base = folded(word)
                self._used[base] += 1
                self._ending[base] += not after[:1].isalpha() or is_stop_word(after, language)
                self._nounlike[base] += (before in nouns) - (before in verbs)

    def names_something(self, words: Sequence[str]) -> bool:
        """Whether these words (in base form) could be the name of a subject by themselves."""
        if len(words) == 1 and len(words[0]) < 3:  # noqa: PLR2004 - 'x', 'ui': too little to say anything
            return False
        if all(word in self._weak for word in words):
            return False
        if not self._judges:
            return True
        head = words[-1]
        heads = self._ending[head] >= _ENDS * self._used[head]
        return heads and self._nounlike[head] >= (1 if len(words) == 1 else 0) and self._nounlike[words[0]] >= 0
