"""Where the recap is that a repeated wish is pointed to."""

from __future__ import annotations

from services.publishing import Message
from services.publishing.naming import media_title
from services.publishing.offer_blocks import repeat_message
from services.storage.posts import Posts
from services.storage.recaps import RecapRecord, Recaps, Status
from services.vocabulary.errors import UserError
from services.workflows.requests import Again, RecapRequest
from services.workflows.workspaces import Workspaces


class Firsts:
    """Finds the post of a recap, and words the pointer to it."""

    def __init__(self, *, recaps: Recaps, posts: Posts, workspaces: Workspaces) -> None:
        self._recaps = recaps
        self._posts = posts
        self._workspaces = workspaces

    async def pointer(
        self, first: str, *, repeat: RecapRequest, private: bool = False, direct: bool = False
    ) -> Message:
        """What to say instead of a second recap. UserError where the first was deleted meanwhile.

        In a thread its button drives the repeat itself; in private, where there is no thread for it, it asks again:
        with `direct` for a recap that only the person sees.
        """
        record = await self._recaps.get(first)
        if record is None or record.status is Status.DELETED:
            raise UserError("The recap of this recording was deleted just now. Ask again, and I make a new one.")
        name = media_title(record.media) if record.media else str(record.request.get("name", ""))
        url, running = await self.address(record), record.status is Status.RUNNING
        if private:
            return repeat_message(name, url, running=running, wish=_wish(repeat, direct=direct))
        return repeat_message(name, url, running=running, recap_id=repeat.id)

    async def address(self, record: RecapRecord) -> str:
        """The newest post that holds the recap; where nothing was posted yet, what it hangs on."""
        keys = {f"{record.id}:recap", f"{record.id}:recap-again"}
        posted = [post.ts for post in await self._posts.of(record.id) if post.key in keys and post.ts]
        slack = await self._workspaces.of(record.team)
        return await slack.directory.permalink(record.channel, posted[-1] if posted else record.thread_ts)


def _wish(repeat: RecapRequest, *, direct: bool) -> str:
    wish = Again(
        url=repeat.link.url if repeat.link else "",
        file_id=repeat.file_id,
        language=repeat.language,
        length=repeat.length,
        audio=repeat.audio,
        direct=direct,
    )
    return wish.model_dump_json(exclude_defaults=True)
