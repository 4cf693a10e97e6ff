"""The words that wishes are made of. Languages: in English, in the language itself, and as ISO 639-1."""

from __future__ import annotations

from services.vocabulary.recap import Length

_NAMES = {
    "ar": "arabic arabisch arabe árabe العربية عربي بالعربية",
    "bg": "bulgarian български",
    "bn": "bengali bangla বাংলা",
    "ca": "catalan català",
    "cs": "czech čeština česky cestina",
    "da": "danish dansk",
    "de": "german deutsch deutsche allemand alemán tedesco",
    "el": "greek ελληνικά ελληνικα",
    "en": "english englisch anglais inglés ingles inglese inglês engels",
    "es": "spanish español espanol castellano spanisch espagnol",
    "et": "estonian eesti",
    "fa": "persian farsi فارسی",
    "fi": "finnish suomi suomeksi",
    "fr": "french français francais französisch francés",
    "he": "hebrew עברית בעברית",
    "hi": "hindi हिन्दी हिंदी",
    "hr": "croatian hrvatski",
    "hu": "hungarian magyar magyarul",
    "id": "indonesian bahasa",
    "it": "italian italiano italienisch",
    "ja": "japanese 日本語 日本語で japanisch japonais",
    "ko": "korean 한국어 한국어로",
    "lt": "lithuanian lietuvių",
    "lv": "latvian latviešu",
    "ms": "malay melayu",
    "nl": "dutch nederlands flemish niederländisch",
    "no": "norwegian norsk bokmål",
    "pl": "polish polski polsku",
    "pt": "portuguese português portugues portugiesisch",
    "ro": "romanian română romana",
    "ru": "russian русский русском по-русски russisch",
    "sk": "slovak slovenčina slovensky",
    "sl": "slovenian slovenščina slovensko",
    "sr": "serbian srpski српски",
    "sv": "swedish svenska",
    "sw": "swahili kiswahili",
    "ta": "tamil தமிழ்",
    "th": "thai ไทย ภาษาไทย",
    "tl": "tagalog filipino",
    "tr": "turkish türkçe turkce",
    "uk": "ukrainian українська українською",
    "ur": "urdu اردو",
    "vi": "vietnamese việt",
    "zh": "chinese mandarin 中文 汉语 漢語 chinesisch chinois",
}
BY_NAME = {name: code for code, names in _NAMES.items() for name in names.split()}
"""ISO 639-1 of a language's name, which is folded to lower case."""

CODES = frozenset(_NAMES)
"""The codes that stand for a language on their own."""

ORDINARY = frozenset({"da", "de", "el", "es", "he", "hi", "id", "it", "ms", "no", "polish"})
"""Those codes and names that are ordinary words, too."""

BEFORE_LANGUAGE = frozenset({"in", "into", "auf", "en", "em", "på", "na", "po", "op", "по", "на", "à", "tiếng"})
"""What stands before a language where it is one for sure: 'in German', 'auf Deutsch', 'en español'."""

LENGTHS: dict[str, Length] = {
    **dict.fromkeys(("short", "brief", "quick", "tldr", "tl;dr", "kurz", "kurze", "court", "corto", "breve"), "short"),
    **dict.fromkeys(("full", "long", "detailed", "complete", "ausführlich", "ausführliche", "completo"), "full"),
}
"""How long the recap is to be."""

RECAPS = frozenset({"summary", "recap", "version", "overview", "zusammenfassung", "resumen", "résumé"})
"""What a length is the length of."""

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

LISTED = frozenset({"videos", "episodes", "recordings", "entries", "items", "tracks"})
"""What a list is a list of."""

POLITE = frozenset(
    {
        *("a", "an", "and", "for", "from", "in", "it", "me", "of", "only", "that", "the", "this", "us", "with", "you"),
        *("can", "could", "do", "give", "make", "recap", "summarise", "summarize", "summary", "transcribe", "would"),
        *("episode", "link", "podcast", "recording", "video"),
        *("bitte", "danke", "gracias", "hello", "hey", "hi", "kindly", "merci", "please", "pls", "thank", "thanks"),
    }
)
"""Words that may stand around a wish and wish nothing themselves."""
