"""Which recap a question is about."""

from __future__ import annotations

import re

from services.publishing.naming import media_title, title_of
from services.storage.exchanges import Exchanges
from services.storage.recaps import RecapRecord, Recaps, Status
from services.workflows.requests import QuestionRequest

_LATEST = 20
_LIVE = {Status.RUNNING, Status.DONE}
_LONGEST_TITLE = 60
_SHORTEST_TITLE = 3
_QUOTE = "[\"'\u2018\u2019\u201c\u201d]"


class Subjects:
    """Finds it: in a channel the thread says it; to us alone, people also ask without one."""

    def __init__(self, recaps: Recaps, exchanges: Exchanges) -> None:
        self._recaps = recaps
        self._exchanges = exchanges

    async def of(self, request: QuestionRequest) -> list[RecapRecord]:
        """The recaps that may answer, best first.

        Those of the thread. In a direct message else the one that the thread was about before, the one that is named
        in the question, or the person's newest there.
        """
        records = await self._recaps.in_thread(request.team, request.channel, request.thread_ts)
        if records or not request.direct:
            return records
        if before := await self._before(request):
            return [before]
        latest = await self._recaps.latest(request.team, request.channel, request.user, most=_LATEST)
        live = [record for record in latest if record.status in _LIVE]
        named = (record for record in live if names(request.text, title(record)))
        return [record] if (record := next(named, live[0] if live else None)) else []

    async def _before(self, request: QuestionRequest) -> RecapRecord | None:
        """The recap that answered the message that began the thread."""
        first = request.model_copy(update={"act": request.thread_ts})
        recap_id = await self._exchanges.recap_of(first.id)
        record = await self._recaps.get(recap_id) if recap_id else None
        return record if record and record.status in _LIVE else None


def title(record: RecapRecord) -> str:
    """What people call the recording, short enough to be repeated in a question."""
    name = media_title(record.media) if record.media else title_of(str(record.request.get("name", "")))
    return name[:_LONGEST_TITLE].strip()


def names(question: str, name: str) -> bool:
    """Whether the question says the recording's name, as words of their own."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question, re.IGNORECASE)
    return len(name) >= _SHORTEST_TITLE and found is not None


def unnamed(question: str, name: str) -> str:
    """The question without the name where that stands in quotation marks: nobody says it in the recording."""
    if not names(question, name):
        return question
    pattern = rf"\s*(?:\b(?:in|of|about|from|after)\s+)?{_QUOTE}{re.escape(name)}{_QUOTE}"
    left = " ".join(re.sub(pattern, " ", question, flags=re.IGNORECASE).split())
    return left.replace(" ?", "?") or question
