"""What a recording and its files are called."""

from __future__ import annotations

import re

from services.publishing.mrkdwn import clip, one_line
from services.vocabulary.media import Media
from services.vocabulary.transcript import Transcript

_EXTENSION = re.compile(
    r"\.(mp3|m4a|m4b|mp4|m4v|mov|webm|ogg|oga|ogv|opus|flac|wav|aac|aiff?|wma|mkv|avi|3gp|amr)$", re.IGNORECASE
)
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')
_LONGEST = 120

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""Names of languages by their codes, ISO 639-1."""


# By the beginning of `Transcript.engine`.
_ORIGINS = {
    "captions:human": "captions by the publisher",
    "captions:auto": "automatic captions",
    "transcript:publisher": "publisher's transcript",
    "transcript:attached": "transcript attached by hand",
}


def title_of(media_name: str) -> str:
    """A recording's name without the ending that only machines need; still untrusted text."""
    name = one_line(media_name)
    return _EXTENSION.sub("", name).strip() or name or "Recording"


def media_title(media: Media) -> str:
    """What a recording is called: its publisher's title, else its name's; untrusted text."""
    return (one_line(media.publication.title) if media.publication else "") or title_of(media.name)


def words_from(transcript: Transcript) -> str:
    """Where the words of a recording came from, for people; empty where there are none."""
    if not transcript.segments:
        return ""
    found = (words for prefix, words in _ORIGINS.items() if transcript.engine.startswith(prefix))
    return next(found, "heard by Earshot")


def is_heard(transcript: Transcript) -> bool:
    """Whether an engine of ours heard the words, rather than somebody wrote them."""
    return not transcript.engine.startswith(tuple(_ORIGINS))


def file_name(title: str, suffix: str) -> str:
    """A file name that every system takes: `file_name("Plan: A/B", ".srt")` is `Plan A B.srt`."""
    stem = clip(_UNSAFE.sub(" ", title), _LONGEST).strip(" .")
    return (stem or "recording") + suffix


def language_name(code: str) -> str:
    """The English name of an ISO 639-1 code; the code itself for a rare one."""
    return LANGUAGES.get(code, code)
