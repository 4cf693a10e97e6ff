"""Amazon Polly by boto3 against the stand-in."""

from __future__ import annotations

import io
import json
from typing import Any

import av
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.aws import Cloud
from sandbox.aws.scripted import ScriptedVoice

TEXT = "Hello there. How are you, Zoë? Fine."
WISH = {"Text": TEXT, "VoiceId": "Joanna", "Engine": "neural", "OutputFormat": "mp3"}


@pytest.fixture
def polly(cloud: Cloud) -> Any:
    return cloud.client("polly", config=Config(retries={"total_max_attempts": 1}))


def marks(polly: Any, **wish: Any) -> list[dict[str, Any]]:
    sent = {**WISH, "OutputFormat": "json", "SpeechMarkTypes": ["word", "sentence"], **wish}
    return [json.loads(line) for line in polly.synthesize_speech(**sent)["AudioStream"].read().splitlines()]


@pytest.mark.parametrize(
    ("form", "rate", "kind", "codec"),
    [
        ("mp3", "24000", "audio/mpeg", "mp3float"),
        ("mp3", "22050", "audio/mpeg", "mp3float"),
        ("ogg_opus", "48000", "audio/ogg", "opus"),
    ],
)
def test_speech_comes_in_the_form_asked_for(polly: Any, form: str, rate: str, kind: str, codec: str) -> None:
    came = polly.synthesize_speech(**{**WISH, "OutputFormat": form, "SampleRate": rate})
    assert (came["ContentType"], came["RequestCharacters"]) == (kind, len(TEXT))
    with av.open(io.BytesIO(came["AudioStream"].read()), "r") as sound:
        stream = sound.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.channels) == (codec, int(rate), 1)
        samples = [int(frame.samples) for frame in sound.decode(stream)]
        assert sum(samples) > int(rate)


def test_bare_samples_have_no_container(polly: Any) -> None:
    pcm = polly.synthesize_speech(**{**WISH, "OutputFormat": "pcm"})["AudioStream"].read()
    mulaw = polly.synthesize_speech(**{**WISH, "OutputFormat": "mulaw"})["AudioStream"].read()
    assert len(pcm) / 2 / 16_000 == pytest.approx(len(mulaw) / 8000, abs=0.1)
    assert len(pcm) > 32_000


def test_speech_marks_name_every_word_where_it_stands_in_the_text(polly: Any) -> None:
    found = marks(polly)
    encoded = TEXT.encode()
    said = {kind: [mark["value"] for mark in found if mark["type"] == kind] for kind in ("sentence", "word")}
    assert said["sentence"] == ["Hello there.", "How are you, Zoë?", "Fine."]
    assert said["word"] == ["Hello", "there", "How", "are", "you", "Zoë", "Fine"]
    for mark in found:
        assert encoded[mark["start"] : mark["end"]].decode() == mark["value"]
    times = [mark["time"] for mark in found]
    assert times == sorted(times)
    assert 0 <= times[0] < times[-1]


def test_markup_is_not_said_but_counted_in_places(cloud: Cloud, polly: Any) -> None:
    text = '<speak><p>Fish &amp; <sub alias="French fries">chips</sub>.</p><break time="1s"/> Good.</speak>'
    sent = {**WISH, "Text": text, "TextType": "ssml"}
    assert polly.synthesize_speech(**sent)["RequestCharacters"] == len("Fish & French fries. Good.")
    voice = cloud.engines.voice
    assert isinstance(voice, ScriptedVoice)
    assert voice.said[-1] == "Fish & French fries. Good."
    good = marks(polly, Text=text, TextType="ssml")[-1]
    assert text.encode()[good["start"] : good["end"]] == b"Good"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"Engine": "generative"}, "EngineNotSupportedException"),
        ({"VoiceId": "Zeina", "Engine": "neural"}, "EngineNotSupportedException"),
        ({"LanguageCode": "de-DE"}, "LanguageNotSupportedException"),
        ({"SampleRate": "11025"}, "InvalidSampleRateException"),
        ({"OutputFormat": "pcm", "SampleRate": "22050"}, "InvalidSampleRateException"),
        ({"SpeechMarkTypes": ["word"]}, "MarksNotSupportedForFormatException"),
        ({"OutputFormat": "json", "SpeechMarkTypes": ["ssml"]}, "SsmlMarksNotSupportedForTextTypeException"),
        ({"LexiconNames": ["ours"]}, "LexiconNotFoundException"),
        ({"Text": "x" * 3001}, "TextLengthExceededException"),
        ({"Text": f"<speak>{'<s>x</s>' * 800}</speak>", "TextType": "ssml"}, "TextLengthExceededException"),
        ({"Text": "Hello", "TextType": "ssml"}, "InvalidSsmlException"),
        ({"Text": "<speak>A & B</speak>", "TextType": "ssml"}, "InvalidSsmlException"),
        ({"Text": "<speak><emphasis>A</emphasis></speak>", "TextType": "ssml"}, "InvalidSsmlException"),
        ({"Text": '<speak><prosody pitch="high">A</prosody></speak>', "TextType": "ssml"}, "InvalidSsmlException"),
        ({"Text": '<speak><amazon:effect name="whispered"/>A</speak>', "TextType": "ssml"}, "InvalidSsmlException"),
        ({"Text": '<!DOCTYPE x [<!ENTITY y "z">]><speak>&y;</speak>', "TextType": "ssml"}, "InvalidSsmlException"),
    ],
)
def test_what_polly_refuses_is_refused(polly: Any, wish: dict[str, Any], code: str) -> None:
    with pytest.raises(ClientError) as caught:
        polly.synthesize_speech(**{**WISH, **wish})
    assert caught.value.response["Error"]["Code"].startswith(code)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == (404 if "Lexicon" in code else 400)


@pytest.mark.parametrize(
    "inside",
    [
        '<prosody rate="slow">A</prosody>',
        '<amazon:effect name="drc">A</amazon:effect>',
        '<lang xml:lang="fr-FR">Bonjour</lang>',
        '<say-as interpret-as="digits">12</say-as>',
    ],
)
def test_what_a_neural_voice_knows_is_said(polly: Any, inside: str) -> None:
    came = polly.synthesize_speech(**{**WISH, "Text": f"<speak>{inside}</speak>", "TextType": "ssml"})
    assert came["AudioStream"].read()


def test_what_a_standard_voice_knows_besides_is_said(polly: Any) -> None:
    whisper = '<speak><amazon:effect name="whispered"><emphasis level="strong">A</emphasis></amazon:effect></speak>'
    assert polly.synthesize_speech(**{**WISH, "Engine": "standard", "Text": whisper, "TextType": "ssml"})


def test_voices_are_described_by_engine_and_language(polly: Any) -> None:
    assert len(polly.describe_voices()["Voices"]) > 90
    german = polly.describe_voices(LanguageCode="de-DE", Engine="generative")["Voices"]
    assert [voice["Id"] for voice in german] == ["Vicki", "Daniel", "Lennart"]
    assert {voice["Id"] for voice in polly.describe_voices(LanguageCode="hi-IN")["Voices"]} == set()
    also = polly.describe_voices(LanguageCode="hi-IN", IncludeAdditionalLanguageCodes=True)["Voices"]
    assert {voice["Id"] for voice in also} == {"Aditi", "Kajal"}


def test_throttling_comes_as_polly_throttles(cloud: Cloud, polly: Any) -> None:
    cloud.faults.add("SynthesizeSpeech", "throttle")
    with pytest.raises(ClientError) as caught:
        polly.synthesize_speech(**WISH)
    assert caught.value.response["Error"]["Code"] == "ThrottlingException"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
