"""What simpler ways reach on the development set, measured by those who made it (its README); other sets differ."""

from __future__ import annotations

BASELINES: dict[str, dict[str, str]] = {
    "retrieval": {
        "random windows, tok_attain at 2k / 4k / 8k": "0.194 / 0.323 / 0.615",
        "BM25": "0.474 / 0.610 / 0.813",
        "both, summed and smoothed": "0.597 / 0.743 / 0.886",
    },
    "answers": {
        "random sentences, ROUGE-1 / Lsum": "18.6 / 15.8",
        "BM25": "22.5 / 19.2",
        "best sentences of the gold span": "25.6 / 22.1",
    },
    "summaries": {"lead, ROUGE-1 / Lsum": "21.9 / 19.9", "TextRank": "21.5 / 19.0"},
    "chapters": {
        "embedding depth scores, tIoU-F1 / boundary F1, QMSum": "0.208 / 0.263",
        "the same, TinyRec": "0.186 / 0.231",
    },
    "asr": {"plain Whisper base on the LibriSpeech items, WER": "11.0; with the stock voice filter 13.6"},
    "diar": {"one speaker everywhere, DER": "72.7", "the prototype, all / AMI / composed": "3.1 / 10.9 / 1.4"},
}
