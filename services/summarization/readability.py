# ruff: noqa: RUF001 - punctuation of many scripts is the subject
"""How well a spoken sentence reads by itself, away from its conversation, as a penalty: about 0 where it reads well.

What is counted needs no grammar: length, what was stammered, loose ends, words that point outside the sentence. Lists
of words exist for some languages; for others only what holds everywhere is counted.
"""

from __future__ import annotations

import re

from services.evidence.splitting import word_count

_SHORT, _LONG = 8, 27
_POINTING = {
    "en": r"(?:and|but|or|because|'cause|cause|then|also|which|where|when|like|it|it's|its|that|that's|this|these"
    r"|those|he|he's|she|she's|they|they're|them|there|there's|one|yeah|yes|no|nope|yep|okay|well|oh|so|if|than|as"
    r"|who|what|how|same|such|not|just|too|to|for|of|in|on|with|at|by)",
    "de": r"(?:und|aber|oder|weil|dann|auch|es|das|dies|diese|er|sie|dass|wenn|die|da|ja|nein|doch|also|so)",
    "fr": r"(?:et|mais|ou|parce|car|puis|aussi|ça|c'est|cela|il|elle|ils|elles|que|qui|si|oui|non|donc|alors)",
    "es": r"(?:y|pero|o|porque|luego|también|eso|esto|él|ella|ellos|que|si|sí|no|entonces|así)",
}
_LOOSE = {
    "en": r"(?:the|a|an|of|to|and|or|but|if|is|are|was|were|with|for|in|on|at|by|from|as|so|because|that|which|my"
    r"|your|our|their|his|its|i|we|they|he|she|be|have|has|had|do|does|can|could|will|would|should|i'm|it's|we're"
    r"|that's|you're|they're|very|just|like|than|not|don't|into|about|um|uh|got|get|these|those|this|more|okay|yeah"
    r"|right)",
    "de": r"(?:der|die|das|ein|eine|einen|und|oder|aber|dass|wenn|mit|für|von|zu|in|im|auf|ist|sind|ich|wir|nicht)",
    "fr": r"(?:le|la|les|un|une|des|de|du|et|ou|mais|que|qui|à|au|avec|pour|dans|sur|est|je|nous|on)",
    "es": r"(?:el|la|los|las|un|una|de|del|y|o|pero|que|a|al|con|para|en|es|yo)",
}
_BROKEN = {
    "en": r"\b(?:the|a|an|my|your|our|their|its)\s+(?:the|a|an|to|of|and|or|is|are|was|we|they|i|it|he|she|you|that"
    r"|this|in|on|for|with|if|but|so|because|it's|what|yeah|how)\b|\b(?:of|to|for|with|from|at)\s+(?:and|or|but|so"
    r"|is|are|was|i|we|they|he|she|of|to)\b|\b(?:i|we|they|he|she)\s+(?:i|we|they|he|she|the|a|an|of|to|and)\b"
    r"|\b(?:is|are|was|were)\s+(?:is|are|was|were|i|have|has|will|would|can)\b|\b(?:and|or|but)\s+(?:and|or|but)\b"
    r"|(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b[\s,]*){3}|(?<![\w'’.])[b-hj-z](?![\w'’.])",
}
_SUBJECTS = {
    "en": r"(?:we|we're|we've|we'll|our|the|a|an|my|people|users|customers|most|all|each|every|currently|generally)",
    "de": r"(?:wir|unser\w*|der|die|das|ein|eine)",
    "fr": r"(?:nous|on|notre|nos|le|la|les|l'\w+|un|une)",
    "es": r"(?:nosotros|nuestr\w+|el|la|los|las|un|una)",
}
_TALK = {
    "en": r"\b(?:i|i'm|i'll|i've|i'd|you|you're|you'll|you've|your|me|my)\b",
    "de": r"\b(?:ich|du|dich|dir|mir|mich|sie)\b",
    "fr": r"\b(?:je|j'\w+|tu|toi|moi|vous)\b",
    "es": r"\b(?:yo|tú|usted|me|te)\b",
}
_HEDGES = {
    "en": r"\b(?:yeah|i guess|i mean|you know|stuff|whatever|or something|and so on|kind of|sort of|i don't know"
    r"|dunno|sorry|thank|thanks|please|excuse me|pardon|hello|hi|bye|welcome|i think|maybe|like|just|actually"
    r"|basically|honourable|mr|mrs|ms|madam|well|right|okay)\b",
    "de": r"\b(?:ja|genau|irgendwie|sozusagen|vielleicht|danke|bitte|hallo|tschüss|also|halt|quasi|oder so)\b",
    "fr": r"\b(?:ouais|voilà|genre|en fait|merci|bonjour|peut-être|quoi|du coup)\b",
    "es": r"\b(?:pues|bueno|gracias|hola|quizás|o sea|digamos|tal vez)\b",
}
_STOPS = " .!?…。！？｡؟।॥۔\"'”’)"


def roughness(said: str, text: str, language: str) -> float:
    """The penalty of a sentence: `said` as it was spoken, `text` tidied. Around 1 reads badly, over 2 not at all."""
    length = max(1, word_count(text))
    words = text.casefold().replace("’", "'").rstrip(_STOPS)
    penalty = 0.12 * max(0, _SHORT - length) + 0.07 * max(0, length - _LONG)
    penalty += 1.5 * max(0.0, 1 - length / max(1, word_count(said)))
    penalty += 0.8 * bool(re.search(r"[?？؟]\W*$", text))
    penalty += 0.6 * bool(re.search(r"[-–—…]\W*$|\.\.\.", said))
    penalty += 0.5 * _matches(_POINTING, language, words, r"^{}\b")
    penalty += 0.6 * (words.count(",") > length / 4)
    penalty -= 0.5 * _matches(_SUBJECTS, language, words, r"^{}\b")
    penalty += 0.9 * _matches(_LOOSE, language, words, r"\b{}$")
    penalty += 0.6 * _matches(_BROKEN, language, words, "{}")
    penalty += 3.0 * _matches(_TALK, language, words, "{}") / length
    penalty += 3.0 * _matches(_HEDGES, language, words, "{}") / length
    return penalty


def _matches(lists: dict[str, str], language: str, text: str, pattern: str) -> int:
    words = lists.get(language)
    return sum(1 for _ in re.finditer(pattern.format(words), text)) if words else 0
