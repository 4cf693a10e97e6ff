"""A voice gets a name when the words say so, and never otherwise."""

from __future__ import annotations

import pytest

from services.transcription.naming import name_speakers
from tests.unit.transcription.conversations import conversation


def names(script: str, language: str = "en") -> list[str | None]:
    """The name of each speaker, by first appearance."""
    return [speaker.name for speaker in name_speakers(conversation(script, language=language)).speakers]


NAMED = {
    "my name is": ("A: Good morning, my name is Ada Lovelace.\nB: We have the Budget today.", ["Ada Lovelace", None]),
    "I'm, at the beginning": ("A: Hi everyone, I'm Grace.\nB: Nice to meet you.", ["Grace", None]),
    "I'm, from": ("A: So I'm Alan from the platform team.\nB: Great.", ["Alan", None]),
    "this is ... speaking": ("A: Hello?\nB: Hello, this is Grace Hopper speaking.", [None, "Grace Hopper"]),
    "curly apostrophe": ("A: Hello, I\u2019m Ada.\nB: Hello to you.", ["Ada", None]),
    "hyphens, particles, apostrophes": (
        "A: My name is Jean-Luc van der Berg.\nB: My name is Siobhan O'Brien.",
        ["Jean-Luc van der Berg", "Siobhan O'Brien"],
    ),
    "a title": ("A: My name is Dr. Ruth Miller.\nB: Okay.", ["Dr. Ruth Miller", None]),
    "everybody says it": (
        "A: Let's start. I'm Ada.\nB: I'm Alan, I do the testing.\nC: And I'm Grace.",
        ["Ada", "Alan", "Grace"],
    ),
    "the word is given": ("A: That is all from me. Over to you, Alan.\nB: Right, the numbers.", [None, "Alan"]),
    "the word is given, name first": (
        "A: We asked Alan for the numbers. Alan, go ahead.\nB: Right, here they are.",
        [None, "Alan"],
    ),
    "a guest is presented and greets": (
        "A: I'm joined today by Grace Hopper.\nB: Thanks for having me, it's lovely.",
        [None, "Grace Hopper"],
    ),
    "addressed and answering, twice": (
        """A: What do you think, Alan?
        B: It should be faster.
        A: And the cost, Alan?
        B: About the same as before.""",
        [None, "Alan"],
    ),
    "asked once and thanked once": (
        """A: Could you tell us about the test, Grace?
        B: It ran for nine days.
        A: Thank you, Grace.
        B: The rest is in the report.""",
        [None, "Grace"],
    ),
    "a long and a short form": (
        """A: My name is Ada Lovelace.
        B: Is it ready, Ada?
        A: Nearly.
        B: By Friday, Ada?
        A: Yes.""",
        ["Ada Lovelace", None],
    ),
    "a stray wrong answer does not undo an introduction": (
        """A: My name is Ada.
        B: What do you say, Ada?
        C: Sorry, I have to go.""",
        ["Ada", None, None],
    ),
}


@pytest.mark.parametrize(("script", "expected"), NAMED.values(), ids=NAMED.keys())
def test_a_voice_is_named_on_what_the_words_say(script: str, expected: list[str | None]) -> None:
    assert names(script) == expected


FOREIGN = {
    "de": ("A: Guten Tag, mein Name ist Petra Schmidt.\nB: Hallo, ich heiße Jonas.", ["Petra Schmidt", "Jonas"]),
    "de, called": ("A: Müller, hallo?\nB: Guten Tag, hier ist Anna Weber am Apparat.", [None, "Anna Weber"]),
    "fr": ("A: Bonjour, je m'appelle Claire Dubois.\nB: Et moi, c'est Luc.", ["Claire Dubois", "Luc"]),
    "es": ("A: Hola, me llamo María Pérez.\nB: Mi nombre es Juan.", ["María Pérez", "Juan"]),
    "pt": ("A: Olá, meu nome é Ana Souza.\nB: Eu sou o João.", ["Ana Souza", "João"]),
    "it": ("A: Buongiorno, mi chiamo Paola.\nB: E il mio nome è Luca Rossi.", ["Paola", "Luca Rossi"]),
    "nl": ("A: Goedemorgen, mijn naam is Sanne de Vries.\nB: Ik heet Daan.", ["Sanne de Vries", "Daan"]),
}


@pytest.mark.parametrize(("language", "case"), FOREIGN.items(), ids=FOREIGN.keys())
def test_introductions_are_understood_in_other_languages(language: str, case: tuple[str, list[str | None]]) -> None:
    script, expected = case
    assert names(script, language[:2]) == expected


NOBODY = {
    "sorry": "A: I'm Sorry, I'm late.\nB: I'm Sure it is fine, says Paul.",
    "glad": "A: I'm glad we met in Paris.\nB: I'm happy too.",
    "nationalities": "A: I'm American.\nB: I'm Irish, from Dublin.\nC: I'm Catholic.",
    "jobs and titles": "A: I'm Head of Marketing.\nB: I'm CEO here.\nC: I'm Chief of Staff.",
    "days": "A: The next one is my slot, I'm Tuesday.\nB: I'm Friday.",
    "possessives": "A: I'm Ada's brother.\nB: I'm James' assistant.\nC: This is Paul's car speaking for itself.",
    "only mentioned": "A: I talked to Alan about it. Alan wants more tests.\nB: Grace said the same as Alan.",
    "reported speech": "A: He said, my name is Paul Newman.\nB: And she goes, I'm Ada.",
    "a song": "A: They sang my name is Jonas.\nB: There is a song called I'm Mandy.",
    "hypothetical": "A: If I'm Bob, then I can read it.\nB: Suppose I'm Alice and you're Bob.",
    "negated": "A: Listen, I'm not Alan.\nB: My name is not Grace.",
    "somebody present is shown": "A: This is Alan, our new engineer.\nB: We were in Boston.",
    "a company": "A: This is Google, we are calling.\nB: I'm Microsoft certified.",
    "a place": "A: I'm London based.\nB: My name is on the list in Berlin.",
    "asked once only": "A: What do you think, Alan?\nB: It should be faster.",
    "asked, but nobody answers": "A: What do you think, Alan?\nA: And you, Alan?\nB: It works.",
    "asked, and different voices answer": (
        "A: What do you think, Alan?\nB: Faster.\nA: And the cost, Alan?\nC: He is not here."
    ),
    "two are asked at once": "A: Alan and Grace, what do you say?\nB: Yes.\nA: Alan, Grace, ready?\nB: Yes.",
    "two are presented at once": "A: I'm joined by Ada and Alan.\nB: Thanks for having me.",
    "presented, but the answer is no greeting": "A: Let me introduce Ada Lovelace.\nB: She will be here at noon.",
    "a word of the beginning, not a name": "A: Well, what do you think?\nB: Hm.\nA: Listen, is it?\nB: Yes.",
    "a word with small letters elsewhere": (
        "A: Will, can you hear me?\nB: I will.\nA: The will of the people. Will, is it on?\nB: It is."
    ),
    "terms of address": (
        "A: Is that so, Sir?\nB: It is.\nA: Really, Doctor?\nB: Yes.\nA: Thank you, Doctor.\nB: Bye, see you in Rome."
    ),
    "two voices claim one name": "A: My name is Alex.\nB: And my name is Alex.",
    "one voice has two names": "A: My name is Alex.\nB: Good.\nA: My name is Robin.",
    "two voices are asked by one name": (
        """A: What do you think, Alan?
        B: Faster.
        A: And you, Alan?
        B: Cheaper.
        A: Is that right, Alan?
        C: Yes.
        A: Sure, Alan?
        C: Very."""
    ),
    "no capital letters": "A: hi everyone my name is ada\nB: and i'm alan",
    "all in capitals": "A: HELLO MY NAME IS ADA\nB: AND I'M ALAN",
    "late in the talk": "A: We talked about the plan of London for a while.\n" * 15 + "A: So I'm Alice.\nB: Hm.",
    "no language": "",
}


@pytest.mark.parametrize("script", NOBODY.values(), ids=NOBODY.keys())
def test_nobody_is_named_without_proof(script: str) -> None:
    assert not [name for name in names(script) if name]


FOREIGN_NOBODY = {
    "de, a profession": "A: Ich bin Lehrer in Berlin.\nB: Ich bin Berliner.",
    "de, a noun": "A: Mein Name ist Programm.\nB: Er sagte, mein Name ist Paul.",
    "fr, an adjective": "A: Je suis Français de Lyon.\nB: Merci beaucoup.",
    "es, a mention": "A: Hablé con Juan.\nB: Él dijo: me llamo Juan.",
    "ja": "A: 私の名前は田中です。\nB: はい。",
    "xx": "A: My name is Ada.\nB: Hello.",
}


@pytest.mark.parametrize(("language", "script"), FOREIGN_NOBODY.items(), ids=FOREIGN_NOBODY.keys())
def test_nobody_is_named_without_proof_in_other_languages(language: str, script: str) -> None:
    assert not [name for name in names(script, language[:2]) if name]


def test_the_evidence_is_the_segments_that_prove_the_name() -> None:
    transcript = name_speakers(
        conversation(
            """A: Let us begin.
            A: What do you think, Alan?
            B: It should be faster.
            A: Hm.
            A: And the cost, Alan?
            B: About the same in London."""
        )
    )
    assert transcript.speakers[1].name == "Alan"
    assert transcript.speakers[1].evidence == (1, 2, 4, 5)
    assert transcript.speakers[0].evidence == ()


def test_naming_is_idempotent_and_changes_nothing_else() -> None:
    plain = conversation("A: My name is Ada.\nB: Hello there.")
    named = name_speakers(plain)
    assert name_speakers(named) == named
    assert named.segments == plain.segments
    assert [speaker.share for speaker in named.speakers] == [speaker.share for speaker in plain.speakers]
