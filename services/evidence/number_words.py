"""Numbers as words in languages other than English: 'siebenundzwanzig', 'quatre-vingt-dix', 'treinta y cinco'.

Every number under a thousand is spelled out once for each language, without spaces and joining words, and looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

_LOW = {
    "de": """null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
        siebzehn achtzehn neunzehn""",
    "fr": """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dixsept
        dixhuit dixneuf""",
    "es": """cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis
        diecisiete dieciocho diecinueve""",
    "pt": """zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete
        dezoito dezenove""",
    "it": """zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici
        diciassette diciotto diciannove""",
    "nl": """nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
        zeventien achttien negentien""",
    "ru": """ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать
        четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать""",
}
_TENS = {
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante soixante quatrevingt quatrevingt",
    "es": "veint treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "it": "vent trent quarant cinquant sessant settant ottant novant",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
}
_HUNDREDS = {
    "es": "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    "pt": "cem duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos",
    "ru": "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
}
_HUNDRED = {"de": "hundert", "fr": "cent", "it": "cento", "nl": "honderd"}
_SCALES = {
    1e3: "tausend mille mil mila duizend тысяча тысячи тысяч",
    1e6: "million millionen millions millón millones milhão milhões milione milioni miljoen миллион миллиона миллионов",
    1e9: """milliarde milliarden milliard milliards miliardo miliardi miljard миллиард миллиарда миллиардов
        bilhão bilhões""",
}
_JOINERS = {"de": "und", "fr": "et", "es": "y", "pt": "e", "it": "e", "nl": "en"}
_ARTICLES = ("un", "uno", "una", "um", "uma", "een", "eins", "один")
_ACCENTED = {"dos": "dós", "tres": "trés", "seis": "séis", "tre": "tré"}
_ELIDING = ("uno", "otto")
_LONGEST = 6
_HAN = re.compile(r"[〇零一二两三四五六七八九十百千]+(?:[万億亿][〇零一二两三四五六七八九十百千]*)*")
_HAN_DIGITS = {c: float(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0.0, "两": 2.0}
_HAN_UNITS = {"十": 10.0, "百": 100.0, "千": 1000.0}
_HAN_SCALES = {"万": 1e4, "億": 1e8, "亿": 1e8, "만": 1e4, "억": 1e8}

_DIGITS_AND_SCALE = re.compile(r"(\d+(?:[.,]\d+)?)\s?([万億亿만억])")
_PER_CENT = re.compile(r"\b(?:pour|por|per|pro)[ -]?(?:cento?|ciento|zent)\b")
_ORDINALS = {
    "de": {"er": "eins", "drit": "drei", "sieb": "sieben", "ach": "acht"},
    "nl": {"eer": "een", "der": "drie"},
    "fr": {"premier": "un", "première": "un"},
    "es": {"primero": "uno", "segundo": "dos", "tercero": "tres"},
    "it": {"primo": "uno", "secondo": "due", "terzo": "tre"},
    "pt": {"primeiro": "um", "segundo": "dois", "terceiro": "três"},
    "ru": {"первого": "один", "второго": "два", "третьего": "три", "четвертого": "четыре", "пятого": "пять"}
    | {"шестого": "шесть", "седьмого": "семь", "восьмого": "восемь", "девятого": "девять", "десятого": "десять"},
}
_ORDINAL_ENDS = {"de": re.compile(r"s?te[nmrs]?$"), "nl": re.compile(r"(?:ste|de)$")}

LANGUAGES = frozenset(_LOW)


def worded(words: Sequence[str], index: int, language: str) -> tuple[float | None, int]:
    """The number that is said from that (folded) word on, and where it ends; None and the same place for none."""
    total, at, found = 0.0, index, False
    while at < len(words):
        part, after = _small(words, at, language)
        times, beyond = _scale(words, after)
        if part is None and times is None:
            break
        total, at, found = total + (1.0 if part is None else part) * (times or 1.0), beyond, True
        if times is None:
            break
    return (total, at) if found else (None, index)


def western(text: str) -> str:
    """The folded text with '350万' in digits alone, and 'pour cent' as the sign that it is."""
    text = _DIGITS_AND_SCALE.sub(lambda m: f" {float(m[1].replace(',', '.')) * _HAN_SCALES[m[2]]:.0f} ", text)
    return _PER_CENT.sub("%", text)


def cardinals(text: str, language: str) -> str:
    """The folded text with ordinals, such as days of a month, as the numbers that they count."""
    known, ends = _ORDINALS.get(language, {}), _ORDINAL_ENDS.get(language)

    def cardinal(match: re.Match[str]) -> str:
        root = ends.sub("", match[0]) if ends else match[0]
        return known.get(root) or (root if root != match[0] and root in _spelled(language) else match[0])

    return re.sub(r"[^\W\d_]+", cardinal, text) if known else text


def is_article(word: str) -> bool:
    """Whether a word for one is also an article, which counts nothing."""
    return word in _ARTICLES


def han_numbers(text: str) -> frozenset[float]:
    """The numbers of two characters and more that are written in Han characters; one alone is part of many words."""
    return frozenset(_han(match[0]) for match in _HAN.finditer(text) if len(match[0]) > 1)


def _small(words: Sequence[str], index: int, language: str) -> tuple[float | None, int]:
    """A number under a thousand, of the most words that make one."""
    table, joiner = _spelled(language), _JOINERS.get(language)
    for end in range(min(len(words), index + _LONGEST), index, -1):
        if words[end - 1] == joiner or words[index] == joiner:
            continue
        joined = "".join(word for word in words[index:end] if word != joiner)
        if joined in table:
            return table[joined], end
    return None, index


def scale(word: str) -> float | None:
    """A thousand, a million, a billion."""
    return next((value for value, names in _SCALES.items() if word in names.split()), None)


def _scale(words: Sequence[str], index: int) -> tuple[float | None, int]:
    found = scale(words[index]) if index < len(words) else None
    return found, index + (found is not None)


@lru_cache(maxsize=len(_LOW))
def _spelled(language: str) -> dict[str, float]:
    """All numbers under a thousand and, where they are one word, thousands."""
    if language not in _LOW:
        return {}
    small = _under_hundred(language)
    table = {form: float(value) for value, forms in small.items() for form in forms}
    for hundreds in range(1, 10):
        for head, (value, forms) in product(_hundreds(language, hundreds), [(0, [""]), *small.items()]):
            table.update({head + form: float(hundreds * 100 + value) for form in forms})
    if language in ("de", "nl", "it"):
        thousand = {"de": "tausend", "nl": "duizend", "it": "mila"}[language]
        table |= {form + thousand: value * 1000 for form, value in table.items() if 1 < value < 1000}  # noqa: PLR2004
    return {form.casefold(): value for form, value in table.items()}


def _under_hundred(language: str) -> dict[int, list[str]]:
    low = _LOW[language].split()
    found = {value: [word] for value, word in enumerate(low)}
    for index, ten in enumerate(_TENS[language].split()):
        base = 20 + 10 * index
        for unit in range(10):
            found[base + unit] = _two_digits(language, base, ten, low, unit)
    return found


def _two_digits(language: str, base: int, ten: str, low: list[str], unit: int) -> list[str]:
    one = {"de": "ein"}.get(language, low[1])
    word = one if unit == 1 else low[unit]
    if language in ("de", "nl"):
        return [ten] if not unit else [f"{word}{'und' if language == 'de' else joint}{ten}" for joint in ("en", "ën")]
    if language == "fr":
        teens = base in (70, 90)
        return [ten + (low[10 + unit] if teens else word if unit else ending) for ending in ("", "s")]
    if language == "es" and ten == "veint":
        return [f"{ten}i{each}" for each in (word, _ACCENTED.get(word, word))] if unit else ["veinte"]
    if language == "it":
        full = ten + ("i" if ten == "vent" else "a")
        return (
            [(ten if word in _ELIDING else full) + each for each in (word, _ACCENTED.get(word, word))]
            if unit
            else [full]
        )
    return [ten + word if unit else ten]


def _hundreds(language: str, count: int) -> list[str]:
    if language in _HUNDREDS:
        word = _HUNDREDS[language].split()[count - 1]
        return [word, {"cien": "ciento", "cem": "cento"}.get(word, word)]
    hundred = _HUNDRED[language]
    times = "" if count == 1 else _LOW[language].split()[count]
    return (
        [times + hundred, times + hundred + "s"]
        if language == "fr"
        else [times + hundred, *(["ein" + hundred] if count == 1 else [])]
    )


def _han(text: str) -> float:
    total = group = digit = 0.0
    if all(character in _HAN_DIGITS for character in text):
        return float("".join(str(int(_HAN_DIGITS[character])) for character in text))
    for character in text:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _HAN_UNITS:
            group, digit = group + (digit or 1.0) * _HAN_UNITS[character], 0.0
        else:
            total, group, digit = total + (group + digit or 1.0) * _HAN_SCALES[character], 0.0, 0.0
    return total + group + digit
