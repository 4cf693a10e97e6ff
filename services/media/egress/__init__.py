"""The only way out to strangers' servers: one policy, and two that keep it, `Gate` for children and `Web` for us."""

from services.media.egress.addresses import parse_networks
from services.media.egress.gate import Gate, Patience
from services.media.egress.policy import Policy
from services.media.egress.resolving import Resolve, SystemResolver
from services.media.egress.tickets import Ticket
from services.media.egress.web import OnProgress, Page, Saved, Web

__all__ = [
    "Gate",
    "OnProgress",
    "Page",
    "Patience",
    "Policy",
    "Resolve",
    "Saved",
    "SystemResolver",
    "Ticket",
    "Web",
    "parse_networks",
]
