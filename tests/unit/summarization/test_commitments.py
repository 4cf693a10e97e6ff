"""Who promised what: the adversarial set. A wrong owner here is a wrong name in somebody's channel."""

from __future__ import annotations

import pytest

from services.summarization.commitments import commitments
from tests.unit.summarization.talk import BOB, GRACE, NAMELESS, Line, reading

PROMISES = [
    ("I'll send the minutes to everyone by Friday.", "by Friday"),
    ("Yeah, that makes sense, and I'll talk to legal about the contract next week.", "next week"),
    ("I'm going to prepare the slides for the board meeting.", None),
    ("I can draft the announcement by tomorrow morning.", "by tomorrow morning"),
    ("Let me check with the finance team and get back to you.", None),
    ("I will follow up with the customer on Monday.", "on Monday"),
    ("I'll take care of the catering.", None),
    ("Um, I'll, uh, I'll update the roadmap before the next meeting.", "before the next meeting"),
    ("I'll have the report ready by Monday.", "by Monday"),
    ("I'll have a look at the logs this afternoon.", "this afternoon"),
    ("I'll make sure the invoices go out tomorrow.", "tomorrow"),
    ("My action item is to write the test plan.", None),
    ("I'll set up a call with the vendor on Thursday at 3 pm.", "on Thursday at 3 pm"),
    ("I'll let everyone know when the build is green.", None),
    ("I'll check if the server is up.", None),
    ("I’ll email Tom the figures.", None),
    ("I'll own the follow-up with the legal team.", None),
    ("I'll drop the link to the dashboard in the channel after this call.", "after this call"),
    ("So on my side, I'll finish the integration tests by the end of the sprint.", "by the end of the sprint"),
    ("I've got to prepare the demo for Thursday.", "for Thursday"),
    ("I need to send the tax forms to the accountant by April 15th.", "by April 15th"),
    ("I'll look into why the tests are flaky.", None),
    ("I'll reach out to Sarah about pricing within two weeks.", "within two weeks"),
]

NO_PROMISES = [
    "If I have time, I'll send the report.",
    "I'll send the report unless somebody objects.",
    "I would send the report tomorrow.",
    "I'd love to update the docs by Friday.",
    "Maybe I'll write a book about databases.",
    "What if I'll update the roadmap?",
    "Should I send the report by Friday?",
    "When I'm rich I'll buy a yacht for everyone.",
    "He said I'll send the report by Friday.",
    "She was like, I'll call the police tomorrow.",
    'You said "I\'ll send the slides" on Monday.',
    "The email says I'll renew the contract next week.",
    "Bob told me he will fix it tomorrow.",
    "I sent the report on Friday.",
    "I was going to send the report by Friday.",
    "Last week I said I'll send the slides.",
    "I won't send the report tomorrow.",
    "I'm not going to write that document.",
    "I'll never send the report again.",
    "I don't think I'll finish the report.",
    "Yeah, right, I'll just rewrite the kernel this weekend.",
    "I'll share my screen.",
    "I'll show you how it works.",
    "I'll be honest with you.",
    "I'll tell you what I think.",
    "I'll ask one quick question.",
    "I'll have the salmon, please.",
    "I'll miss you all next week.",
    "I'll do that.",
    "I'll let Bob explain the architecture.",
    "I'll bet you the report is late.",
    "I'll see you on Monday.",
    "I'll put it this way, the budget is gone.",
    "I'll write that on the whiteboard.",
    "They want me to believe that I'll fix the server.",
    "You know how I always say I'll update the docs.",
    "In the movie the hero says I'll build a rocket.",
    "There's no way I'll finish the report by Friday.",
    "I'm not sure I'll finish the report by Friday.",
    "I could send the report by Friday, but I don't want to.",
    "We should have updated the FAQ by Tuesday.",
    "We don't need to update the FAQ by Tuesday.",
    "Do we need to update the FAQ by Tuesday?",
    "That's all I'm going to do for the transcript.",
]

TAKEN: list[tuple[list[Line], int | None]] = [
    ([(GRACE, "Bob, can you book the room for Tuesday?"), (BOB, "Sure, will do.")], BOB),
    ([(GRACE, "Can you fix the login bug, Bob?"), (BOB, "Yes.")], BOB),
    ([(NAMELESS, "Thanks Bob, can you send the report?"), (BOB, "Okay, no problem.")], BOB),
    ([(GRACE, "Bob will call the vendor."), (BOB, "Yep.")], BOB),
    ([(GRACE, "Bob, you'll write the tests."), (BOB, "Okay.")], BOB),
    ([(GRACE, "Can someone update the roadmap?"), (BOB, "Yeah, I'll do that.")], BOB),
    ([(GRACE, "Could you review my pull request?"), (NAMELESS, "Sure, I'll look at it tomorrow.")], NAMELESS),
    ([(NAMELESS, "Bob's report is late, Grace, can you send it to the client?"), (GRACE, "Okay.")], GRACE),
    ([(GRACE, "Bob, can you send the report?"), (NAMELESS, "Mm-hmm."), (BOB, "Yes, of course.")], BOB),
    ([(GRACE, "Bob needs to fix the printer by Friday."), (BOB, "Okay, will do.")], BOB),
    # asked, but not taken by the one who was asked: nobody's
    ([(GRACE, "Bob, can you send the report?"), (NAMELESS, "Sure.")], None),
    ([(GRACE, "Bob, can you send the report?"), (BOB, "Why me?")], None),
    ([(GRACE, "Bob, can you send the report?"), (BOB, "Yeah, if I find the time.")], None),
    ([(GRACE, "Bob will send the report."), (NAMELESS, "Okay.")], None),
    ([(GRACE, "Bob, can you pick up the cake?"), (BOB, "Yes, Grace can pick it up.")], None),
    ([(GRACE, "Bob, can you pick up the cake?"), (BOB, "Sure, my assistant always picks up cakes for us.")], None),
    ([(GRACE, "Bob, can you pick up the cake?"), (BOB, "Okay."), (BOB, "Wait, no, I can't.")], None),
    ([(GRACE, "Bob, can you pick up the cake?"), (NAMELESS, "I'll do it."), (BOB, "Thanks.")], None),
    ([(GRACE, "Grace will send the report."), (BOB, "Okay.")], None),
    ([(GRACE, "We need to ship the release before March 3rd."), (BOB, "Yes.")], None),
    ([(GRACE, "Action item: update the onboarding guide."), (BOB, "Okay.")], None),
    ([(GRACE, "Bob, can you send the report?"), (GRACE, "Yes.")], None),
]

DROPPED: list[list[Line]] = [
    [(GRACE, "Bob, can you send the report?"), (BOB, "No, sorry.")],
    [(GRACE, "Bob, can you send the report?"), (NAMELESS, "Sure."), (BOB, "I can't, I'm away.")],
    [(GRACE, "Can you send the report?"), (BOB, "Yeah, but not this week.")],
    [(GRACE, "Can you send the report?"), (BOB, "Okay.")],
    [(GRACE, "I'll send the report tomorrow."), (GRACE, "Just kidding.")],
    [(GRACE, "I'll send the report tomorrow."), (GRACE, "Actually no, forget it.")],
    [(GRACE, "I'll send the report tomorrow."), (BOB, "Hahaha.")],
    [(GRACE, "I'll rewrite all of it in one night [laughter].")],
    [(GRACE, "Grace will send the report, she said."), (BOB, "Okay.")],
    [(GRACE, "Alice said Bob will send the report."), (BOB, "Okay.")],
    [(NAMELESS, "Grace and Bob will call the vendor."), (BOB, "Yes.")],
    [(GRACE, "When Bob will call the vendor I don't know."), (BOB, "Yes.")],
    [(GRACE, "Bob's team will call the vendor."), (BOB, "Yes.")],
    [(GRACE, "Bobby will call the vendor."), (BOB, "Yes.")],
    [(GRACE, "Grace said Bob, can you send the report?"), (BOB, "Sure.")],
    [(GRACE, "I told Bob to call the vendor."), (BOB, "Yes.")],
    [(GRACE, "Can you make the buttons bigger?"), (BOB, "Yes, that is possible.")],
]

OTHER_LANGUAGES = [
    ("de", "Ich schicke euch das Protokoll bis Freitag.", "bis Freitag"),
    ("de", "Ich kümmere mich um die Rechnung.", None),
    ("de", "Ich werde morgen den Kunden anrufen.", "morgen"),
    ("fr", "Je vais envoyer le compte rendu demain.", "demain"),
    ("fr", "Je m'occupe de la facture.", None),
    ("fr", "Je vous enverrai le rapport d'ici vendredi.", "d'ici vendredi"),
    ("es", "Voy a enviar el informe mañana.", "mañana"),
    ("es", "Yo me encargo de la factura.", None),
    ("es", "Te enviaré el informe el viernes.", "el viernes"),
]

NO_PROMISES_ELSEWHERE = [
    ("de", "Wenn ich Zeit habe, schicke ich es morgen."),
    ("de", "Ich schicke das nicht bis Freitag."),
    ("de", "Er hat gesagt, ich schicke es morgen."),
    ("fr", "Je ne vais pas envoyer le compte rendu."),
    ("fr", "Si j'ai le temps, je vais envoyer le rapport."),
    ("es", "No voy a enviar el informe."),
    ("es", "Dijo que voy a enviar el informe."),
    ("ja", "明日までに報告書を送ります。"),
    ("ar", "سأرسل التقرير غدا."),
]


@pytest.mark.parametrize(("said", "due"), PROMISES)
def test_who_says_i_will_owns_it_and_the_day_is_copied_from_the_words(said: str, due: str | None) -> None:
    (found,) = commitments(reading((GRACE, said), (BOB, "The weather is nice.")))
    assert (found.owner, found.due) == (GRACE, due)


@pytest.mark.parametrize("said", NO_PROMISES)
def test_what_only_sounds_like_a_promise_is_none(said: str) -> None:
    assert commitments(reading((GRACE, said), (BOB, "The weather is nice."))) == []


@pytest.mark.parametrize(("lines", "owner"), TAKEN)
def test_a_request_is_owned_by_the_named_who_agreed_or_who_said_i_will_and_else_by_nobody(
    lines: list[Line], owner: int | None
) -> None:
    (found,) = commitments(reading(*lines))
    assert found.owner == owner


@pytest.mark.parametrize("lines", DROPPED)
def test_what_was_refused_taken_back_laughed_at_or_reported_is_no_commitment(lines: list[Line]) -> None:
    assert commitments(reading(*lines)) == []


def test_a_name_that_two_speakers_share_owns_nothing() -> None:
    (found,) = commitments(reading((2, "Bob, can you send the report?"), (0, "Sure."), names=("Bob", "Bob", "Grace")))
    assert found.owner is None


def test_the_reply_that_takes_a_request_is_cited_and_not_listed_again() -> None:
    (found,) = commitments(
        reading(
            (GRACE, "Could you review it, Bob, the pull request, I mean can you review the pull request, Bob?"),
            (BOB, "Sure, I'll review the pull request tomorrow."),
        )
    )
    assert found.sentences == (0, 1)
    assert found.due == "tomorrow"


def test_the_same_promise_said_twice_is_listed_once() -> None:
    said = "I'll send the minutes to everyone."
    assert len(commitments(reading((GRACE, said), (BOB, "Thanks."), (GRACE, said)))) == 1


@pytest.mark.parametrize(("language", "said", "due"), OTHER_LANGUAGES)
def test_promises_are_found_in_german_french_and_spanish(language: str, said: str, due: str | None) -> None:
    (found,) = commitments(reading((0, said), language=language))
    assert (found.owner, found.due) == (0, due)


@pytest.mark.parametrize(("language", "said"), NO_PROMISES_ELSEWHERE)
def test_no_promise_is_read_into_other_languages(language: str, said: str) -> None:
    assert commitments(reading((0, said), language=language)) == []
