# ruff: noqa: RUF001 - words of many scripts are the subject
"""Whether a reply in a recap's thread asks something of the recording, or is talk among people.

Cautious on purpose: a question that is left alone can be asked again with a mention, but a bot that answers chatter is
muted. These are rules, not a model, so that anyone can see why the bot spoke.
"""

from __future__ import annotations

import re

from services.answering.patterns import pattern

_LONGEST = 600
"""Characters of a message that can still be a question; more is an essay for people."""

_NOT_WORDS = re.compile(r"```.*?```|`[^`]*`|^\s*(?:>|&gt;).*$|<https?:[^>]*>|https?://\S+", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?？。！؟\n]+[?？؟]*")
_TO_US = pattern(r"^\W*@?earshot\b[\s,:!-]*")
_TO_SOMEONE = pattern(r"^\W*(?:<@[^>]+>|@(?!earshot\b)\w+|<!\w+[^>]*>)")
_MENTION = pattern(r"<@[^>]+>|(?<!\w)@(?!earshot\b)\w+")
_VOCATIVE = re.compile(r"[A-Z]\w+,\s+(?:can|could|would|will|do|did|are|have)\s+you\b")
_OPENERS = pattern(
    r"""^[¿¡\s]*(?:(?:please|pls|ok|okay|so|and|but|also|now|then|hey|hi|hello|thanks|thank~you|wait|hm+|sorry
    |(?:cool|great|nice|perfect|awesome)(?=[,!:])|quick~question|question|one~more~thing|just~curious|out~of~curiosity)\b[\s,:!-]+)*"""
)

_REQUEST = pattern(
    r"""^(?:(?:(?:can|could|would|will)~(?:you|u|it|some(?:one|body)|any(?:one|body))|i(?:'d|~would)~like~(?:you~)?to
        |please|pls)~(?:please~|pls~|also~|just~)*)?
    (?:(?:summari[sz]e|sum~up|recap|outline)~\S
    |(?:summari[sz]e|summary|recap|tl;?dr)(?:~please|~pls)?\W*$
    |list~(?!is\b|was\b|looks\b|sounds\b)\w+~\w+
    |(?:extract|quote|describe|compare|name|explain)~(?:me~|us~)?(?:all|the|every|any|each|what|who|why|how|their|\w+'s)\b
    |(?:tell|remind|show|give|find|get)~(?:me|us)~(?:again~)?(?:all|the|every|any|each|what|who|why|when|where|how|which
        |their|\w+'s|a~(?:list|summary|recap|quote|timeline)|more~about|about~(?:the|how|what|their|\w+'s)|if~(?:they|he|she))\b
    |more~(?:details?~)?(?:on|about)~\w
    |i(?:'d~like|~want)~to~know~(?:who|what|when|where|why|how|which|if|whether)\b
    |find~(?:the~(?:part|place|bit|moment|quote)|where|when|what)\b)"""
)
_NO_REQUEST = pattern(
    r"""\b(?:give|get)~(?:me|us)~(?:the|a)~(?:sec\w*|min\w*|moment|floor|creeps|chills)\b
    |\b(?:tell|remind|show)~(?:me|us)~(?:when|if)~(?:you|it|i|we|the~build|done)\b|\b(?:yourself|tomorrow|later|tonight)\W*$"""
)

_AGAIN = pattern(
    r"""^(?:and~|or~|but~|so~|then~)?(?:what|how)~about~(?!we\b|i\b|that\b)\S
    |^(?:and|or)~(?!i\b|we\b|us\b|now\b|then\b|what\b|how\b)\S[^,]{1,60}\?$
    |^(?:who|when|why|where|how~much|how~many|how~so|how~come|which~one|since~when|who~else|what~else)(?:~exactly)?\s*\?+$
    |^(?:and~)?(?:the~|any~|what~)?(?:action~items|todos|next~steps|decisions|key~points|takeaways|open~questions|speakers
        |(?:first|second|third|fourth|last|other)~(?:one|point|item))\s*\?+$
    |^(?:who~said|who~was|when~was|where~was|why~was)~(?:that|this|it)\b"""
)
_REPORTED = pattern(
    r"""^(?:do~you~know|does~any(?:one|body)~know|any~idea|i~wonder)~(?:who|what|when|where|why|how|which|if)\b
    |^any~\w+(?:~\w+)?~(?:on|about|for|from)\b"""
)
_IDLE = pattern(
    r"""^(?:really|right|seriously|what|huh|eh|ok|okay|yes|no|sure|true|so|and|wdyt|(?:any~)?thoughts|wtf|lol|ready|done
    |why~not|what~the~\w+|what~a\b.*|what(?:'s|~is)~(?:up|wrong)|(?:who|god)~knows.*|who~cares.*|how~are~things
    |how~(?:nice|cool|funny|sad|come~on).*|is~it~just~me.*|see~what~i~mean)\W*$"""
)
_AMONG_PEOPLE = pattern(
    r"""\b(?:you|your|u|ya|y'all|you're|guys|folks|lunch|dinner|coffee|pizza|beers?|lol|haha|brb|asap)\b
    |\b(?:tomorrow|tonight|later~today|right~now)\b
    |^(?:should|shall|can|could|may|will|do|are|am|would|have)~(?:we|i)\b
    |^(?:how|when|where|why|what|who)~(?:do|can|should|shall|could|would|am|are|will)~(?:i|we|us)\b(?!~(?:need|have)~to\b)
    |^(?:how|what)~about~(?:we|i)\b|^who(?:'s|~is)?~(?:wants|up~for|in\b|free|coming|joining)
    |^(?:is|are|does|has|have|did|can|could|will|would)~(?:any|some|every)(?:one|body)\b
        (?!.*\b(?:sa(?:y|id)|mention|talk|raise|agree|disagree|bring|discuss|object|propose|suggest|decide|promise|ask|commit))"""
)

_WH = pattern(r"^(?:who|whom|whose|what|when|where|why|which|how)\b")
_WH_VERB = pattern(
    r"""^(?:(?:who|what|when|where|why|how)(?:~(?:exactly|else|all))?(?:'d|~(?:did|do|does|is|are|was|were|has|have|had|will
        |would|should))~(?!i\b|we\b)\w+
    |(?:who|what|when|where|how)'s~(?:the|their|responsible|next|behind|in~charge|going~to)\b
    |how~(?:many|much|long|often|far|big|old|soon)~\w+~\w+
    |(?:what|which|whose)~(?:(?!i\b|we\b|they\b|he\b|she\b)\w+~){1,3}(?:did|does|do|is|are|was|were|has|have|had|will|should)~\w+
    |who~(?:else~)?(?:said|mentioned|talked|raised|agreed|disagreed|brought|objected|proposed|suggested|decided|promised|owns
        |takes|took|spoke|leads|pays|asked|volunteered|wanted|thinks|thought)~\w+)"""
)
_VERB = pattern(r"^(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)(?:n't)?\b")
_VERB_ASKS = pattern(
    r"""^(?:did|does|was|were|has|had)(?:n't)?~(?:they|he|she|it|the|we|any\w+|some\w+|there|speaker~\d+|[a-z]+)~\w+"""
)

_FOREIGN_WH = pattern(
    r"""^(?:(?:und|et|y|e|en|а|и)~)?(?:was|wer|wen|wem|wann|wo|warum|wieso|weshalb|welche\w*|wie|wieviel\w*
    |qu['e]\S*|qui|quoi|quand|où|pourquoi|comment|combien|quel\w*
    |qué|quién\w*|cuándo|dónde|por~qué|cómo|cuánt\w+|cuál\w*
    |che~cosa|cosa|chi|quando|dove|perché|come|quanto|quanti|quale|quali|o~que|quem|onde|por~que|quais|qual
    |wat|wanneer|waar|waarom|hoe\w*|welke|что|кто|когда|где|почему|зачем|как\w*|сколько)\b"""
)
_FOREIGN_REQUEST = pattern(
    r"""^(?:bitte~|por~favor,?~|s'il~te~plaît,?~)?(?:fasse?\b.*\bzusammen|zusammenfassung\b|liste\b.*\bauf
    |nenne?~(?:mir~)?(?:die|alle)|résume[rz]?\b|résumé\b|liste[rz]?~(?:les|tous|os|as|todos)|resum(?:e|ir|a|en)\b
    |haz\b.*\bresumen|enumera\b|riassumi\b|elenca\b|vat\b.*\bsamen|резюмируй|перечисли|подведи~итог)
    |(?:要約|まとめ|教え)し?(?:て|を)|(?:总结|總結|概括|列出)"""
)
_FOREIGN_YOU = pattern(
    r"""\b(?:du|dir|dich|ihr|euch|tu|toi|te|vous|tú|usted|ustedes|vosotros|você|vocês|voi|jij|jullie|ты|вы|тебе|вам)\b
    |你|您|あなた"""
)
_ASIAN_WH = pattern(
    "什么|甚麼|谁|誰|哪|为什么|怎么|多少|何|いつ|どこ|なぜ|どう|いくら|누구|무엇|뭐|언제|어디|왜|어떻게|얼마"
)
_ASIAN_END = pattern(r"(?:か|吗|嗎|呢|까|나요|니)\s*[?？]*$")


def is_question(text: str) -> bool:
    """Whether Earshot should answer this reply, with or without a question mark, in several languages.

    Requests ('list the action items') count. Words to another person, plans among people, thanks and jokes do not.
    """
    text = " ".join(_NOT_WORDS.sub(" ", text.replace("’", "'")).split())
    if not text or len(text) > _LONGEST or _TO_SOMEONE.match(text):
        return False
    to_people = bool(_MENTION.search(text) or _VOCATIVE.match(text))
    sentences = (sentence.strip() for sentence in _SENTENCE.findall(_TO_US.sub("", text)))
    return any(_asks(sentence, to_people=to_people) for sentence in sentences if sentence)


def _asks(sentence: str, *, to_people: bool) -> bool:
    """Whether one sentence asks something of the recording."""
    bare = _OPENERS.sub("", sentence)
    if not bare or _IDLE.match(bare) or (to_people and re.search(r"\b(?:you|your)\b", bare, re.IGNORECASE)):
        return False
    marked = bare[-1] in "?？؟"
    if _REQUEST.match(bare):
        return not _NO_REQUEST.search(bare)
    if _AMONG_PEOPLE.search(bare) or _FOREIGN_YOU.search(bare):
        return marked and bool(_REPORTED.match(bare))
    return bool(_AGAIN.match(sentence)) or _is_interrogative(bare, marked=marked)


def _is_interrogative(sentence: str, *, marked: bool) -> bool:
    """Whether a sentence has the form of a question; with a question mark less of the form is needed."""
    forms: tuple[re.Pattern[str], ...]
    if marked:
        forms = (_WH, _VERB, _REPORTED, _FOREIGN_WH, _FOREIGN_REQUEST)
    else:
        forms = (_WH_VERB, _VERB_ASKS, _FOREIGN_REQUEST)
    asian = _ASIAN_WH.search(sentence) and (marked or _ASIAN_END.search(sentence))
    return bool(asian) or any(form.search(sentence) for form in forms)
