"""What Earshot says when somebody asks how it works."""

from __future__ import annotations

from services.publishing.blocks import context, header, message, section
from services.publishing.message import Message
from services.publishing.mrkdwn import GAP

_WAYS = (
    ("Share a recording", "Drop an audio or video file here, or in a channel I am in. I start by myself."),
    ("Paste a link", "YouTube, Vimeo, Loom, SoundCloud, a podcast episode, or the address of a recording."),
    ("Ask for it your way", "`/summarize` asks what you want; `/summarize &lt;link&gt; short`, `first 3`, `German`."),
    ("From a message", "Its menu has *Summarize this*. Where the channel wants it, 👂 on a message is enough."),
    ("Choose when I speak", "`/summarize settings`, in the channel that it is about."),
    ("Ask", "Reply in the recap's thread: _What did we decide about the date?_ I answer from the recording alone."),
)


def help_message() -> Message:
    """The ways to use Earshot, in a few lines."""
    lines = "\n".join(f"•{GAP}*{what}.* {how}" for what, how in _WAYS)
    return message(
        "I listen to recordings and post what was said. Paste a link or share a file, then ask about it in its thread.",
        [
            header("I listen, so that you can skim"),
            section("Share a recording or a link, and its thread gets the gist, the key points, who spoke, chapters, "
                    "what to do, and a short version to listen to. Every point opens the second where it was said."),
            section(lines),
            context("I say only what is in the recording, and I name a speaker only when the words do."),
        ],
    )  # fmt: skip
