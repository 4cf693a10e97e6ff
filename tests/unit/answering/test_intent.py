from __future__ import annotations

import pytest

from services.answering.intent import is_question

ASKED = """
what did Grace say about pricing?
what did grace say about pricing
who is responsible for the launch
When is the launch?
when's the launch
why did they drop the locator
how many people responded to the survey
how much does it cost?
how much will the new plan cost
which option did they choose
what time is the next meeting
what was decided about the budget?
summarise the part about pricing
Summarize the discussion on hiring please
can you summarise the part about pricing?
could you list the action items
list the action items
please list all decisions
tell me what they agreed on
give me a list of action items
show me the part about the budget
remind me who owns the launch
explain why they chose Postgres
and what about the second one?
and Grace?
what about the second one
who said that?
who said that
when?
why?
who?
Thanks! What did they decide on the name?
thanks, and who will call the vendor?
Did they agree on a date?
did they decide on a date
was the budget approved?
Did anyone mention the deadline?
is the launch still in May?
@earshot who mentioned Berlin?
earshot, list the risks
what were the main objections
what are the next steps
what's the conclusion?
what's next on the roadmap?
do you know who said the budget was too small?
who else spoke?
where did they say the data lives
what does <@U123> think about the redesign?
Was wurde beschlossen?
Wer hat das gesagt?
Fasse den Teil über Preise zusammen
Qu'ont-ils décidé ?
Quand est le lancement ?
résume la partie sur le budget
¿Qué dijo Ana sobre el precio?
¿Cuándo es el lanzamiento?
resume la parte del presupuesto
O que eles decidiram?
Chi ha parlato di Roma?
Что решили по бюджету?
誰がそれを言いましたか
要約してください
他们决定了什么？
what do we need to do before Friday?
What should the team do next?
how did the customer react to the demo
How long did the interview last
what happened to the wood case idea?
Which features were cut
ok so what did they decide
who proposed the wheel
list open questions
summarize
Summary please
recap?
any decisions on hiring?
were there any action items for Bob
What exactly was the problem with the battery?
action items?
next steps?
the second one?
more about pricing please
did Bob agree
I want to know who decided that
can someone summarise?
can you also list who attended
What's the TL;DR?
tldr
has the contract been signed yet
"""
CHATTER = """
thanks!
Thank you so much
lol nice
I'll look at it tomorrow
@grace can you check?
<@U123> can you check this?
can you check this <@U123>?
Grace, can you take this one?
what do you think?
wdyt?
thoughts?
really?
right?
huh?
what?
sounds good, ok?
should we ask legal?
shall we meet tomorrow?
can we move this to Friday?
lunch?
anyone up for coffee?
is anyone free at 3?
great recap
who knows
who cares
what a meeting
how nice
when I looked at it the numbers were off
what I meant is the other one
I don't know why they did that
let me know when it's done
give me a sec
give me five minutes
tell me about it
remind me tomorrow
explain yourself lol
I think we should drop it
did you see this?
do you have the slides?
are you joining?
How are you?
where are you?
when can you meet?
could you send me the slides?
can I get access?
how do I turn this off?
+1
:tada:
this is why we can't have nice things
which is great
that's what she said
what the hell
no way
lol what
haha who said that
ok
https://example.com/what?x=1
> what did they say?
cool, will do
Is it just me or is this long?
I wonder what's for lunch
have a nice day
do it
will do
is fine by me
That is a good question
The question is whether we ship
Let's discuss tomorrow, ok?
@channel please review
show must go on
list is good
find it funny
name sounds good
danke!
merci beaucoup
kannst du das prüfen?
tu peux regarder ?
¿puedes revisarlo?
how about we meet at 5?
what about lunch tomorrow?
and you?
See what I mean?
who wants pizza?
why not
why not?
How about that!
what's up?
what's for lunch?
where should we eat?
ありがとう
了解です
hahaha what did they say?
we agreed on that, right?
me too
agreed
Same here
What a great question!
?
"who said that" is a good one
I'd love to know what you think about it?
"""


@pytest.mark.parametrize("text", ASKED.strip().splitlines())
def test_what_is_asked_of_the_recording_is_a_question(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["", *CHATTER.strip().splitlines()])
def test_talk_among_people_is_left_alone(text: str) -> None:
    assert not is_question(text)


def test_quotes_and_code_ask_nothing() -> None:
    assert not is_question("> what did they say?\nexactly")
    assert not is_question("```\nwhat did they say?\n```")


def test_an_essay_or_a_flood_is_not_a_question_and_takes_no_time() -> None:
    assert not is_question("why " * 5_000 + "?")
    assert not is_question("please " * 80)
