"""Podcasts and ordinary pages: from a link to the recording that is meant, with its transcripts and chapters.

Feeds and pages are strangers' bytes: they are parsed in a child process under limits, XML without document types and
entities. Whatever comes out is bounded, on one line, and every address is http(s).
"""

from services.media.podcasts.chapters import chapters
from services.media.podcasts.episode import Enclosure, Episode, TranscriptFile
from services.media.podcasts.finding import Podcasts, Reader
from services.media.podcasts.naming import title_from

__all__ = ["Enclosure", "Episode", "Podcasts", "Reader", "TranscriptFile", "chapters", "title_from"]
