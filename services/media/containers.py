"""What is known of a file from its first bytes: whether it means to be a recording, and whether it counts itself."""

from __future__ import annotations

from pathlib import Path

FORMATS = "mov,matroska,webm,ogg,mp3,wav,w64,flac,aac,mpegts,mpeg,amr,asf,avi,caf,aiff,flv,ac3"
"""The containers that are opened, by FFmpeg's names; none of them refers to other files or addresses."""

CODECS = (
    "aac,aac_latm,ac3,eac3,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,adpcm_yamaha,alac,amrnb,amrwb,dca,flac,gsm,gsm_ms,"
    "libopencore_amrnb,libopencore_amrwb,libopus,libspeex,libvorbis,mace3,mace6,mp1,mp1float,mp2,mp2float,mp3,mp3float,"
    "nellymoser,opus,pcm_alaw,pcm_f32be,pcm_f32le,pcm_f64be,pcm_f64le,pcm_mulaw,pcm_s16be,pcm_s16le,pcm_s24be,"
    "pcm_s24le,pcm_s32be,pcm_s32le,pcm_s8,pcm_u8,qcelp,qdm2,qdmc,speex,truehd,vorbis,wmalossless,wmapro,wmav1,wmav2,"
    "wmavoice"
)
"""The decoders that may run. None is for pictures, so a hostile video stream meets no decoder at all."""

_HEAD = 64
_SIGNATURES = (
    (4, (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")),
    (
        0,
        (
            b"\x1aE\xdf\xa3",
            b"OggS",
            b"ID3",
            b"fLaC",
            b"RIFF",
            b"RF64",
            b"FORM",
            b"caff",
            b"FLV",
            b"#!AMR",
            b"0&\xb2u\x8ef\xcf\x11",
            b"\xff\xfb",
            b"\xff\xf1",
        ),
    ),
)
# These say how long they are. In the others FFmpeg guesses from the bit rate, which proves nothing.
_COUNTED = {"mov", "matroska", "wav", "w64", "flac", "aiff", "caf", "avi", "asf", "ogg", "flv"}


def looks_like_media(path: Path) -> bool:
    """Whether the file begins as a recording does, even where the rest of it is missing or broken."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return any(head.startswith(marks, offset) for offset, marks in _SIGNATURES)


def counts_itself(format_name: str, path: Path) -> bool:
    """Whether the container's duration is a statement of its writer, not an estimate."""
    name = format_name.split(",", maxsplit=1)[0]
    return name in _COUNTED or (name == "mp3" and _mp3_counts_frames(path))


def _mp3_counts_frames(path: Path) -> bool:
    """Whether the first frame is a Xing, Info or VBRI header (ID3v2 tags stand before it; their size is 'syncsafe')."""
    with path.open("rb") as file:
        head = file.read(10)
        if head.startswith(b"ID3") and len(head) == 10:  # noqa: PLR2004 - the length of an ID3v2 header
            file.seek(10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)))
        else:
            file.seek(0)
        frame = file.read(256)
    return any(mark in frame for mark in (b"Xing", b"Info", b"VBRI"))
