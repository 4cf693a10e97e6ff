"""Words with which people pass from one subject to the next, by language; found nowhere in other languages."""

from __future__ import annotations

import re

_OPENINGS = {
    "en": r"okay|ok|alright|all right|right|so|well|now|anyway|thanks?|thank you|good|great|next|let's|moving",
    "de": r"okay|so|also|gut|jetzt|nun|danke|nächster|kommen wir|weiter",
    "fr": r"bon|alors|donc|bien|maintenant|merci|ensuite|passons|d'accord",
    "es": r"bueno|vale|entonces|bien|ahora|gracias|siguiente|pasamos|vamos",
}
_ANNOUNCEMENTS = {
    "en": r"let's|let us|mov(?:e|ing) on|move to|next|agenda|first|second|third|finally|last|talk about|discuss|item"
    r"|another (?:thing|topic|question|item|point)|the other (?:thing|big)|questions? (?:is|are) from|topic"
    r"|presentation|we(?:'ll| will) (?:now )?(?:go|move|proceed|resume)|present|take a look|start|begin|wrap up"
    r"|turn(?:ing)? to|over to|go to",
    "de": r"nächste[rns]?|tagesordnung|erstens|zweitens|drittens|zuerst|schließlich|zum schluss|thema|punkt"
    r"|kommen wir|weiter mit|sprechen (?:wir )?über|anfangen|beginnen|vorstellen|präsentation|übergebe",
    "fr": r"prochaine?|suivante?|ordre du jour|d'abord|deuxième|troisième|enfin|sujet|point|passons|parler de"
    r"|commencer|présentation|présenter|la parole",
    "es": r"próxim[oa]|siguiente|orden del día|primero|segundo|tercero|finalmente|por último|tema|punto|pasemos"
    r"|pasamos a|hablar de|hablemos|empezar|empecemos|presentación|presentar|la palabra",
}
_FULL_PAUSE = 3.5
_SHORT_PAUSE = 0.5


def opens(text: str, language: str) -> bool:
    """Whether a sentence begins as people begin something new: 'Okay', 'So', 'Next'."""
    words = _OPENINGS.get(language)
    return bool(words and re.match(rf"(?:{words})\b", text, re.IGNORECASE))


def announces(text: str, language: str) -> bool:
    """Whether a sentence says what comes now: 'let's move on', 'the next question is from'."""
    words = _ANNOUNCEMENTS.get(language)
    return bool(words and re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))


def pause(seconds: float) -> float:
    """How much a silence looks like a break, 0 to 1."""
    return min(1.0, max(0.0, (seconds - _SHORT_PAUSE) / (_FULL_PAUSE - _SHORT_PAUSE)))
