"""A small Amazon Polly on loopback: a tone for every word, marks with their bytes, and its rules enforced."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from xml.etree import ElementTree as ET

import boto3
import numpy as np
from botocore.config import Config

RATE = 16_000
WORD = 0.1
TAGS = {"speak", "p", "s", "break", "lang", "sub", "w"}
BREAKS_OFF = (0, "", "")
"""A fault: the answer's body ends early."""
VOICES = [
    {"Id": "Matthew", "LanguageCode": "en-US", "SupportedEngines": ["generative", "neural", "standard"]},
    {"Id": "Tatyana", "LanguageCode": "ru-RU", "SupportedEngines": ["standard"]},
    {
        "Id": "Kajal",
        "LanguageCode": "en-IN",
        "AdditionalLanguageCodes": ["hi-IN"],
        "SupportedEngines": ["generative", "neural"],
    },
    {"Id": "Tiffany", "LanguageCode": "en-US", "SupportedEngines": ["generative"], "Gender": "Female"},
]


class Polly:
    """What it was asked, and what it is to answer wrongly by operation or output format, first in first out.

    None stands for an answer that is right.
    """

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.described = 0
        self.faults: dict[str, list[tuple[int, str, str] | None]] = {}
        self.address = ""

    def client(self) -> Any:
        """A boto3 client of it that does not try again by itself."""
        return boto3.client(
            "polly",
            endpoint_url=self.address,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}),
        )

    def fault(self, kind: str) -> tuple[int, str, str] | None:
        """The next fault of that kind."""
        waiting = self.faults.get(kind)
        return waiting.pop(0) if waiting else None


@contextmanager
def running_polly() -> Iterator[Polly]:
    """It, serving."""
    polly = Polly()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            polly.described += 1
            fault = polly.fault("describe")
            first = "NextToken" not in self.path
            page = {"Voices": VOICES[:2], "NextToken": "more"} if first else {"Voices": VOICES[2:]}
            self.refuse(*fault) if fault else self.reply(json.dumps(page).encode(), "application/json")

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            polly.asked.append(asked)
            if fault := polly.fault(asked["OutputFormat"]) or complaint(asked):
                self.refuse(*fault)
            elif asked["OutputFormat"] == "json":
                self.reply(marks(asked["Text"]), "application/x-json-stream")
            else:
                self.reply(sound(asked["Text"]), "audio/pcm")

        def reply(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def refuse(self, status: int, code: str, message: str) -> None:
            if status == BREAKS_OFF[0]:
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.close_connection = True
                return
            body = json.dumps({"message": message}).encode()
            self.send_response(status)
            self.send_header("x-amzn-ErrorType", code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    polly.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield polly
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def complaint(asked: dict[str, Any]) -> tuple[int, str, str] | None:
    """What is wrong with the request, as Polly would say it."""
    voice = next((voice for voice in VOICES if voice["Id"] == asked["VoiceId"]), None)
    if voice is None or asked["Engine"] not in voice["SupportedEngines"]:
        return 400, "ValidationException", f"This voice does not support the selected engine: {asked['Engine']}"
    try:
        root = ET.fromstring(asked["Text"])  # noqa: S314 - it came from the test
    except ET.ParseError as error:
        return 400, "InvalidSsmlException", f"Invalid SSML request: {error}"
    if any(element.tag not in TAGS for element in root.iter()):
        return 400, "InvalidSsmlException", "Unsupported tag"
    if len("".join(root.itertext())) > 3000 or len(asked["Text"]) > 6000:
        return 400, "TextLengthExceededException", "Maximum text length has been exceeded"
    return None


def words(ssml: str) -> list[tuple[int, str, bool]]:
    """(first byte, word, ends a paragraph) of each word."""
    return [
        (len(ssml[: match.start()].encode()), match[0], ssml[match.end() :].startswith("</p>"))
        for match in re.finditer(r"(?<=[>\s])[^<>\s]+", ssml)
    ]


def timed(ssml: str) -> list[tuple[float, int, str]]:
    """(second, first byte, word): a fifth of a second of silence first, half a second after paragraphs."""
    now, found = 0.2, []
    for first, word, ends in words(ssml):
        found.append((now, first, word))
        now += WORD + (0.5 if ends else 0.0)
    return found


def sound(ssml: str) -> bytes:
    """A tone for each word, softly, with silence around."""
    told = timed(ssml)
    samples = np.zeros(round((told[-1][0] + WORD + 0.3) * RATE))
    tone = 2000 * np.sin(2 * np.pi * 440 * np.arange(round(WORD * RATE)) / RATE)
    for second, _, _ in told:
        at = round(second * RATE)
        samples[at : at + len(tone)] = tone
    return samples.astype("<i2").tobytes()


def marks(ssml: str) -> bytes:
    """A sentence mark where a word follows the end of a sentence or opens a paragraph."""
    lines, opens = [], True
    for (second, first, word), (_, _, ends) in zip(timed(ssml), words(ssml), strict=True):
        if opens:
            mark = {"time": round(second * 1000), "type": "sentence", "start": first, "end": first + 1, "value": word}
            lines.append(json.dumps(mark))
        opens = ends or word[-1] in ".!?"
    return "\n".join(lines).encode()
