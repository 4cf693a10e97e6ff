"""Cards under links to our player."""

from __future__ import annotations

import time
from typing import Any

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from services.player.links import LinkExpired, LinkForged, PlayerLinks
from services.publishing.unfurl_blocks import unfurl_card
from services.storage.recaps import Recaps, Status
from services.vocabulary.base import Value
from services.workflows.audience import Audience
from services.workflows.library import Library
from services.workflows.steps import step
from services.workflows.workspaces import Workspaces

_log = structlog.get_logger(__name__)
_MOST = 5


class SharedLinks(Value):
    """Addresses in a posted message, as Slack spells them."""

    team: str
    channel: str
    ts: str
    urls: tuple[str, ...]

    @property
    def id(self) -> str:
        """team:channel:ts:unfurl."""
        return f"{self.team}:{self.channel}:{self.ts}:unfurl"


@DBOS.dbos_class("unfurling")
class UnfurlingWorkflow(DBOSConfiguredInstance):
    """Shows a card where the link is valid, the recap is the workspace's own, and everybody there may see it.

    In all other cases nothing is shown, and nothing is said. `links` is None where people cannot reach our player.
    """

    def __init__(
        self,
        *,
        recaps: Recaps,
        library: Library,
        workspaces: Workspaces,
        audience: Audience,
        links: PlayerLinks | None,
    ) -> None:
        super().__init__("unfurling")
        self._recaps = recaps
        self._library = library
        self._workspaces = workspaces
        self._audience = audience
        self._links = links

    @DBOS.workflow(name="unfurling", max_recovery_attempts=8)
    async def run(self, asked: dict[str, Any]) -> int:
        """Carry out a `SharedLinks`; how many cards there are."""
        shared = SharedLinks.model_validate(asked)
        try:
            return await self._show(shared)
        except Exception as error:  # noqa: BLE001 - a link without a card is a link
            _log.warning("a link got no card", unfurl=shared.id, exc_info=error)
            return 0

    @step()
    async def _show(self, shared: SharedLinks) -> int:
        cards = {url: card for url in shared.urls[:_MOST] if (card := await self._card(shared, url))}
        if cards:
            slack = await self._workspaces.of(shared.team)
            await slack.surfaces.unfurl(shared.channel, shared.ts, cards)
        return len(cards)

    async def _card(self, shared: SharedLinks, url: str) -> dict[str, Any] | None:
        if self._links is None:
            return None
        try:
            recap_id, at = self._links.recap_at(url, time.time())
        except (LinkForged, LinkExpired):
            return None
        record = await self._recaps.get(recap_id)
        if record is None or record.team != shared.team or record.status is not Status.DONE:
            return None
        if not await self._audience.may_see(shared.team, origin=record.channel, shown_in=shared.channel):
            return None
        recap = await self._library.of(record)
        return unfurl_card(recap, url, at) if recap else None
