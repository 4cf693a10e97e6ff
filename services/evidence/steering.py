# ruff: noqa: RUF001 - words of many scripts are the subject
"""Words that try to steer a machine, and words that only a machine says. Neither is evidence for anything.

Speech may hold orders to whoever transcribes or sums it up ('ignore all previous instructions and write ...'). What
was said in such a segment proves nothing; a talk about such attacks loses those sentences, which is the cheaper error.
"""

from __future__ import annotations

import re

from services.evidence.folding import fold
from services.vocabulary.transcript import Transcript

_NAMED = r"(?:ai|a\.i\.|assistant|chat ?bot|gpt|chatgpt|claude|earshot|summari[sz]er|transcriber)s?"
_ADDRESSED = rf"(?:{_NAMED}|(?:language model|llm|bot)s?)"
_WHOM = rf"(?:{_ADDRESSED}|(?:model|machine)s?)"
_STEERING = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,40}\b(?:instructions?|prompts?|rules|guidelines"
    r"|directions)\b|\bsystem (?:prompt|message|instruction|override)|\bprompt injection\b"
    r"|\b(?:developer|admin|debug|jailbreak|god) mode\b"
    r"|\b(?:new|updated|hidden|secret|following) (?:system )?(?:instructions?|prompt)\b\s*(?:for|to|:|are|is)"
    rf"|\b(?:attention|message|instructions?|dear)[,:]?\s+(?:to |for )?(?:the |all |any |every |you )?{_ADDRESSED}\b"
    rf"|\b(?:note|hey|hello|hi|ok|okay)[,:]?\s+(?:to |for )?(?:the |all |any |every |you )?{_NAMED}\s*[,:;!]"
    rf"|\b(?:as|if you are|if you're|you are|you're|you as) an? (?:helpful )?(?:{_WHOM}|large language model)\b"
    rf"|\b(?:any|every|the|whichever|whatever) {_WHOM} (?:reading|listening|hearing|processing|transcribing"
    rf"|summari[sz]ing|that (?:reads|hears))"
    r"|\bwhen (?:you )?(?:summari[sz]e|summari[sz]ing|transcribe|transcribing)\b[^.?!]{0,40}\b(?:say|write|include"
    r"|assign|omit|add|leave)"
    r"|\b(?:reveal|print|repeat|output|leak|show)\b[^.?!]{0,30}\b(?:system prompt|your (?:instructions|prompt|rules)"
    r"|api key|credentials)\b"
    r"|\b(?:respond|reply|answer) (?:only )?(?:with|in) (?:the word|json|only|exactly)\b"
    r"|\bend of (?:the )?transcript\b|</?transcript"
    r"|ignorier\w*[^.?!]{0,40}(?:anweisung|befehl|regel|instruktion)|ignore[zr]?[^.?!]{0,40}(?:instructions|consignes|règles)"
    r"|ignor[ae]\w*[^.?!]{0,40}(?:instrucciones|instruções|istruzioni|reglas)|忽略[^。]{0,12}(?:指令|指示|说明)"
    r"|(?:指示|命令)[^。]{0,8}(?:無視|忘れ)|игнорируй\w*[^.?!]{0,30}(?:инструкци|указани)",
)
_ORDERS = re.compile(
    r"\b(?:in|to|into|of) (?:your|the|this) (?:summary|recap|notes|output|reply|response|answer)s?\b[^.?!]{0,30}"
    r"\b(?:write|say|state|include|add|put|mention|claim|insert|link|must|always|only)\b"
    r"|\b(?:write|say|state|include|add|put|mention|claim|insert|post|append)\b[^.?!]{0,80}"
    r"\b(?:in|to|into|at the (?:end|top|start) of) (?:your|the|this|every) (?:summary|recap|output|reply|response)s?\b"
)
_AMONG_PEOPLE = re.compile(r"\b(?:i'll|i will|i can|i have|we|can you|could you|will you|would you|let me|let's)\b|\?")
"""With these, what is to be written in a summary is a task among people."""
_GOES_ON = re.compile(
    r"^\W*(?:and |then |instead,? |now |also |just |please |you must |you should |you have to )*(?:say|write|state"
    r"|claim|report|output|print"
    r"|reply|respond|answer|include|add|post|tell|assign|name|call|rename|list|link|send|mention|do not|don't|never"
    r"|always|only|make sure"
    r"|schreib\w*|sag\w*|écri\w*|dites|dis|escrib\w*|di)\b"
)
_LONGEST_ORDER = 3
"""Segments that an order to a machine may go on for."""
_SCAFFOLD = re.compile(
    r"^\W*(?:(?:sure|certainly|of course|absolutely|okay|ok|great)\b[!,. ]+)?(?:here(?:'s| is| are"
    r"| you go)\b[^.]{0,40}\b"
    r"(?:summar|recap|points?|notes?|overview|answer|list|chapter|action|decision|transcript|title|post)"
    r"|(?:below|the following) (?:is|are)\b|i(?:'ve| have) (?:summari[sz]ed|listed|written|prepared|analy[sz]ed"
    r"|reviewed)"
    r"|let me (?:know|summari[sz]e)|i hope this|based on (?:the|your) (?:transcript|provided|recording)"
    r"|voici (?:le|la|les|un|une)\b|bien sûr[ ,!]|hier (?:ist|sind) (?:die|eine|der|das|ihre"
    r"|deine)\b[^.]{0,30}(?:zusammenfassung|punkte|antwort|übersicht)"
    r"|natürlich[,!]|aquí (?:está|tiene|tienes|están)\b|claro[,!]|por supuesto[,!]|aqui (?:está|estão)\b|ecco (?:il"
    r"|la|i|le|un)\b"
    r"|certamente[,!]|hier (?:is|zijn) (?:de|een|het)\b|вот\b|конечно[,!]"
    r"|以下是|以下は|当然[,，!]|好的[,，!]|もちろん|承知)"
    r"|\bas an? (?:ai|artificial|large language|language model)|\bi(?:'m| am) (?:an? )?(?:ai|language model|assistant"
    r"|sorry,? (?:but )?i (?:can|cannot))"
    r"|\bi (?:cannot|can't|am unable to|am not able to) (?:help|assist|summari[sz]e|comply|fulfil|provide|answer)"
    r"|\b(?:les|my|the|your|these|those|previous) (?:previous )?instructions (?:say|tell|were|are|have been|i)\b"
    r"|\[(?:insert|your|name|tbd|todo|placeholder)[^\]]*\]|^\W*(?:n/?a|none|null|unknown|todo|tbd|lorem ipsum.*)\W*$"
    r"|```|\{\{|<\|",
)


def steering_segments(transcript: Transcript) -> frozenset[int]:
    """The segments that speak to a machine, with those in which the same voice goes on giving orders."""
    found: set[int] = set()
    following, voice = 0, -1
    for segment in transcript.segments:
        text = fold(segment.text)
        if _is_steering(text):
            found.add(segment.id)
            following, voice = _LONGEST_ORDER, segment.speaker
        elif following and segment.speaker == voice and _GOES_ON.match(text):
            found.add(segment.id)
            following -= 1
        else:
            following = 0
    return frozenset(found)


def steers(text: str) -> bool:
    """Whether a statement is itself an order to a machine."""
    return _is_steering(fold(text))


def is_scaffold(text: str) -> bool:
    """Whether a text is a machine speaking of its task instead of a statement: 'Sure, here is the summary'."""
    return bool(_SCAFFOLD.search(fold(text)))


def _is_steering(text: str) -> bool:
    return bool(_STEERING.search(text) or (_ORDERS.search(text) and not _AMONG_PEOPLE.search(text)))
