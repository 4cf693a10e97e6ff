"""What was written down already: captions and transcripts of a recording, read, judged and made a `Transcript`.

Everything here is pure. `parse` and `transcript_of` take up to seconds for the largest bodies, so they belong in a
thread; whatever is read comes from strangers and is bounded in bytes, cues and characters.
"""

from services.media.captions.assembly import transcript_of
from services.media.captions.cues import Cue
from services.media.captions.kinds import kind_of
from services.media.captions.parsing import parse
from services.media.captions.quality import complaint
from services.media.captions.tracks import Track, choose

__all__ = ["Cue", "Track", "choose", "complaint", "kind_of", "parse", "transcript_of"]
