"""Apps as their developers registered them: manifest, credentials, and how they are reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.slack.clock import Clock
from sandbox.slack.deliveries import Deliveries
from sandbox.slack.errors import JSON
from sandbox.slack.faults import Faults
from sandbox.slack.http_delivery import HttpDelivery
from sandbox.slack.ids import Ids
from sandbox.slack.journal import Journal
from sandbox.slack.manifest import Manifest
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.transport import Transport


@dataclass(frozen=True)
class Credentials:
    """What an app's developer copies from the app's page into settings."""

    client_id: str
    client_secret: str
    signing_secret: str
    app_token: str


@dataclass(frozen=True)
class App:
    """One app and its two transports. `source` is its manifest's content when it was registered while running."""

    id: str
    number: int
    manifest: Manifest
    credentials: Credentials
    socket_mode: SocketMode
    http: HttpDelivery
    deliveries: Deliveries
    source: JSON | None = None

    @property
    def transport(self) -> Transport:
        """The way in which the app is told something now."""
        return self.http if self.http.endpoints else self.socket_mode

    @property
    def reachable(self) -> bool:
        """Whether there is somebody to tell: a connection, or addresses that were given."""
        return self.http.endpoints is not None or self.socket_mode.connections > 0

    async def stop(self) -> None:
        """Give up deliveries and close connections."""
        await self.deliveries.stop()
        await self.http.close()
        await self.socket_mode.close()


def credentials_of(number: int, app_token: str | None = None) -> Credentials:
    """Return the constant credentials of the server's app number `number`."""
    suffix = "" if number == 1 else f"-{number}"
    return Credentials(
        client_id=f"1795219200.{number:010d}",
        client_secret=f"sandbox-client-secret{suffix}",
        signing_secret=f"sandbox-signing-secret{suffix}",
        app_token=app_token or f"xapp-sandbox{suffix}",
    )


def new_app(
    app_id: str,
    number: int,
    manifest: Manifest,
    credentials: Credentials,
    *,
    clock: Clock,
    ids: Ids,
    journal: Journal,
    faults: Faults,
    on_change: Callable[[str], None],
    source: JSON | None = None,
) -> App:
    """Register an app; `on_change` is called with its id when connections come or go."""
    socket_mode = SocketMode(ids, clock, app_id, lambda: on_change(app_id))
    http = HttpDelivery(credentials.signing_secret, manifest.endpoints)

    def transport() -> Transport:
        return app.transport

    deliveries = Deliveries(app_id, transport, clock=clock, ids=ids, journal=journal, faults=faults)
    app = App(app_id, number, manifest, credentials, socket_mode, http, deliveries, source)
    return app
