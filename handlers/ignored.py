"""What nobody hears is acked all the same, or Slack would send it again and again."""

from __future__ import annotations


async def ignore() -> None:
    """Do nothing; returning is the ack."""
