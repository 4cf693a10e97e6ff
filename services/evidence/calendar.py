"""Words of the calendar in one form for all languages: 'mars', 'März' and '3月' are the same month."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ru": "понедельник вторник среду четверг пятницу субботу воскресенье",
}
_NEAR = {
    "yesterday": "yesterday gestern hier ayer ontem ieri gisteren вчера 昨日 昨天",
    "today": "today tonight heute aujourd'hui hoy hoje oggi vandaag сегодня 今日 今天",
    "tomorrow": "tomorrow morgen demain mañana amanhã domani завтра 明日 明天",
}
_FORMS = {"sonnabend": "day 6", "sexta": "day 5", "пятница": "day 5", "среда": "day 3", "суббота": "day 6"}
_UNCERTAIN = frozenset({"may", "mai", "morgen", "mañana", "hier", "mars", "sexta"})
"""Words that are often something else: they prove a date, but need no proof themselves unless a number is beside."""
_HAN_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九]|十[一二]?)月")
_HAN_DAY = re.compile(r"(?:星期|周|週|礼拜)([一二三四五六日天])|([月火水木金土日])曜")
_HAN_DIGITS = {character: index + 1 for index, character in enumerate("一二三四五六七八九")} | {"十": 10}
_RELATIVE = {
    "next": r"next|coming|following|nächste[nrsm]?|kommende[nrsm]?|prochaine?|próxim[oa]|prossim[oa]|volgende?|下|来",
    "last": r"last|past|previous|letzte[nrsm]?|vergangene[nrsm]?|dernière?|pasad[oa]|últim[oa]|passad[oa]|scors[oa]"
    r"|vorige?|上|先",
}
_SPANS = {
    "week": r"weeks?|woche|semaine|semana|settimana|week|周|週",
    "month": r"months?|monat|mois|mes|mês|mese|maand|月",
    "quarter": r"quarters?|quartal|trimestre|kwartaal|季度",
    "year": r"years?|jahr|année|an|año|ano|anno|jaar|年",
    "spring": r"spring|frühjahr|frühling|printemps|primavera|voorjaar",
    "summer": r"summer|sommer|été|verano|verão|estate|zomer",
    "autumn": r"autumn|fall|herbst|automne|otoño|outono|autunno|herfst",
    "winter": r"winter|hiver|invierno|inverno",
}
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def dates(text: str, *, sure: bool = False) -> frozenset[str]:
    """What a folded text says of months, days and spans, as 'month 3', 'day 5', 'tomorrow', 'next week'.

    With `sure` only words that can hardly mean anything else are taken.
    """
    known = _known()
    found = {known[w] for w in _WORD.findall(text) if w in known and not (sure and w in _UNCERTAIN)}
    found |= {known[match[1] or match[2]] for match in _NUMBERED.finditer(text)}
    found |= {f"month {_han(match[1])}" for match in _HAN_MONTH.finditer(text)}
    for chinese, japanese in _HAN_DAY.findall(text):
        day = "日天".find(chinese) >= 0 if chinese else japanese == "日"
        found.add(
            f"day {7 if day else ('一二三四五六'.find(chinese) + 1 if chinese else '月火水木金土'.find(japanese) + 1)}"
        )
    return frozenset(found | _relative(text))


def without_months(text: str) -> str:
    """The text without months that are written as numbers: they are dates, not amounts."""
    return _HAN_MONTH.sub(" ", text)


def _relative(text: str) -> set[str]:
    """'next week', with the words in either order and no more than a word between them."""
    found = set()
    for when, says in _RELATIVE.items():
        for span, named in _SPANS.items():
            if re.search(rf"(?<!\w)(?:{says})\s?(?:{named})(?!\w)|(?<!\w)(?:{named})\s(?:{says})(?!\w)", text):
                found.add(f"{when} {span}")
    return found


def _han(digits: str) -> int:
    if digits.isdigit():
        return int(digits)
    return sum(_HAN_DIGITS[character] for character in digits)


_NUMBERED = re.compile(
    rf"\d(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?({'|'.join(_UNCERTAIN)})\b|\b({'|'.join(_UNCERTAIN)})\s\d"
)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    known = dict(_FORMS)
    for tables, kind in ((_MONTHS, "month"), (_DAYS, "day")):
        for words in tables.values():
            for index, word in enumerate(words.split()):
                known.setdefault(word, f"{kind} {index + 1}")
    for when, words in _NEAR.items():
        known.update(dict.fromkeys(words.split(), when))
    return known
