"""One recap of a recording in a channel: a wish for what is there already becomes a pointer to it."""

from __future__ import annotations

from services.storage.claims import LIVING, Claims, NewRecap, Opening
from services.storage.recaps import Status
from services.vocabulary.media import Media
from services.workflows.identities import as_wished, media_identity, shared_identity
from services.workflows.requests import RecapRequest


class Intake:
    """Decides which wishes become recaps. All of it is idempotent, and of two at the same time one is first."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    async def open(self, request: RecapRequest) -> Opening:
        """Write the recap down, so that its thread is known as ours from the first moment, or name the first."""
        return await self._claims.open(_new(request, Status.RUNNING), *_identities(request))

    async def first(self, request: RecapRequest) -> str | None:
        """The recap that is there of what is wished for; None also where the person wants another one."""
        if request.again:
            return None
        wished = as_wished(shared_identity(request), request)
        return await self._claims.first(request.team, request.channel, wished)

    async def offer(self, request: RecapRequest) -> bool:
        """Write down that a recap is to be offered; False where another offer or recap is there."""
        living, needed = (*LIVING, Status.OFFERED), [shared_identity(request)]
        return (await self._claims.open(_new(request, Status.OFFERED), needed, living=living)).opened

    async def recognize(self, request: RecapRequest, media: Media) -> str | None:
        """The recap of the same bytes that is there already, now that they are known; None where this is the first."""
        if request.again:
            return None
        identity = media_identity(media)
        wished = as_wished(identity, request)
        first = await self._claims.claim(_new(request, Status.RUNNING), wished)
        if first is None and wished != identity:
            await self._claims.claim(_new(request, Status.RUNNING), identity)
        return first

    async def release(self, recap_id: str) -> None:
        """The recap is none after all: others may be first."""
        await self._claims.release(recap_id)


def _identities(request: RecapRequest) -> tuple[list[str], list[str]]:
    """Those that no other may have, and those that are taken where they are free."""
    shared = shared_identity(request)
    wished = as_wished(shared, request)
    return ([], [shared, wished]) if request.again else ([wished], [shared])


def _new(request: RecapRequest, status: Status) -> NewRecap:
    return NewRecap(
        id=request.id,
        team=request.team,
        channel=request.channel,
        thread_ts=request.thread_ts,
        user=request.user,
        request=request.model_dump(mode="json"),
        status=status,
    )
