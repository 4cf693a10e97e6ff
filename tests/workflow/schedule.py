"""Acts of people in random order, and what the bot owes each of them: all that a schedule of faults is judged by."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.fakes.engines import write_tone
from tests.slack.local_workspace import JSON, LocalWorkspace, Person
from tests.workflow.test_crashes import Victim

_PEOPLE = ("ada", "grace", "alan")
_QUESTION, _ANSWER = "When will the lamp be replaced?", "The lamp will be replaced on the third of March"
_UNKNOWN, _UNSAID = "Were there elephants?", "The recording does not say"
_RECAP, _CANVAS, _POINTER = "Recap of", "The whole transcript, to read here", "There is a recap of"
_HELP = "I listen to recordings"
_FILES = 4
_MODAL = "Recap a recording"
_TRIES = 15

Act = Callable[[Person], Awaitable[None]]


@dataclass(eq=False)
class Thread:
    """What a person began, and when they asked the bot for what in it: the beginning of a post, and times."""

    reader: Person
    channel: str
    ts: str
    sound: bytes | None = None
    owed: dict[str, list[float]] = field(default_factory=dict)
    paid: Counter[str] = field(default_factory=Counter)

    @property
    def open(self) -> bool:
        """Whether the bot still owes something."""
        return any(len(since) > self.paid[words] for words, since in self.owed.items())


class Schedule:
    """People who act in channels of one workspace, with a bot among them."""

    def __init__(self, bot: Victim, dice: random.Random) -> None:
        self.done: Counter[str] = Counter()
        self.unheard: Counter[str] = Counter()
        self.waits: list[float] = []
        self.threads: list[Thread] = []
        self._bot = bot
        self._dice = dice
        self._channels: list[str] = []

    @property
    def _slack(self) -> LocalWorkspace:
        return self._bot.workspace

    @property
    def _me(self) -> str:
        return str(self._slack.info["bot"]["user_id"])

    async def open(self, channels: int) -> None:
        """Make the channels in which all this happens."""
        others = [self._slack.person(name).id for name in _PEOPLE[1:]]
        for number in range(channels):
            ada = self._slack.person("ada").client
            channel = str((await ada.conversations_create(name=f"schedule-{number}"))["channel"]["id"])
            await ada.conversations_invite(channel=channel, users=[*others, self._me])
            self._channels.append(channel)

    async def act(self) -> None:
        """Let somebody do the next thing."""
        whole = [thread for thread in self._recordings() if not thread.open]
        acts: list[tuple[int, Act]] = [
            (4, self._share),
            (2, self._talk),
            (2, self._command),
            (1, self._write_to_the_bot),
        ]
        if whole:
            acts += [(5, self._ask), (2, self._ask_what_was_not_said), (2, self._mention), (2, self._repeat)]
            acts += [(2, self._praise)]
        (chosen,) = self._dice.choices([act for _, act in acts], [weight for weight, _ in acts])
        self.done[getattr(chosen, "__name__", "").strip("_")] += 1
        await chosen(self._slack.person(self._dice.choice(_PEOPLE)))

    async def look(self) -> int:
        """Note what the bot has done since the last look; how many threads it still owes something."""
        late = [thread for thread in self.threads if thread.open]
        for thread in late:
            said = [m["text"] for m in await self.said(thread)]
            for words, since in thread.owed.items():
                found = sum(text.startswith(words) for text in said)
                self.waits += [self._now - each for each in since[thread.paid[words] : found]]
                thread.paid[words] = max(thread.paid[words], found)
        return sum(thread.open for thread in late)

    async def said(self, thread: Thread) -> list[JSON]:
        """The bot's posts in a thread."""
        messages = await thread.reader.thread(thread.channel, thread.ts)
        return [m for m in messages[1:] if m["user"] == self._me]

    async def wrong(self, thread: Thread) -> str:
        """What the bot said too little or too much in a thread; empty where all is as it should be."""
        posts = await self.said(thread)
        due = Counter({words: len(since) for words, since in thread.owed.items()})
        said = Counter(
            next((words for words in due if m["text"].startswith(words)), m["text"]) for m in posts if m["text"]
        )
        files = Counter(file["name"] for m in posts for file in m.get("files", ()))
        expected = _FILES if thread.sound else 0
        if said == due and len(files) == expected and set(files.values()) <= {1}:
            return ""
        return f"{thread.channel} {thread.ts}: due {dict(due)}, said {dict(said)}, files {dict(files)}"

    def _recordings(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.sound]

    def _owe(self, thread: Thread, words: str) -> None:
        thread.owed.setdefault(words, []).append(self._now)

    @property
    def _now(self) -> float:
        return self._slack.clock.now()

    async def _share(self, person: Person) -> None:
        number = len(self._recordings())
        path = self._bot.folder / f"schedule-{number}.wav"
        await asyncio.to_thread(write_tone, path, 2.0 + number / 50)
        sound = await asyncio.to_thread(path.read_bytes)
        channel = self._dice.choice(self._channels)
        _, ts = await person.share(channel, sound, f"talk {number}.wav")
        thread = self._begun(Thread(person, channel, ts, sound))
        self._owe(thread, _RECAP)
        self._owe(thread, _CANVAS)

    async def _repeat(self, person: Person) -> None:
        first = self._one_recap()
        _, ts = await person.share(first.channel, first.sound or b"", "again.wav")
        self._owe(self._begun(Thread(person, first.channel, ts)), _POINTER)

    async def _talk(self, person: Person) -> None:
        channel = self._dice.choice(self._channels)
        self._begun(Thread(person, channel, await person.post(channel, "good morning, who brings the cake?")))

    async def _write_to_the_bot(self, person: Person) -> None:
        chat = await person.direct(self._me)
        self._owe(self._begun(Thread(person, chat, await person.post(chat, "What can you do?"))), _HELP)

    async def _ask(self, person: Person) -> None:
        await self._say_below(self._one_recap(), person, _QUESTION, _ANSWER)

    async def _ask_what_was_not_said(self, person: Person) -> None:
        await self._say_below(self._one_recap(), person, _UNKNOWN, _UNSAID)

    async def _mention(self, person: Person) -> None:
        await self._say_below(self._one_recap(), person, f"<@{self._me}> {_QUESTION}", _ANSWER)

    async def _say_below(self, thread: Thread, person: Person, words: str, answer: str) -> None:
        await person.post(thread.channel, words, thread.ts)
        self._owe(thread, answer)

    async def _command(self, person: Person) -> None:
        """Slack sends a command once: a person sees the modal, or a sentence and types again."""
        for _ in range(_TRIES):
            answer = await person.command(self._dice.choice(self._channels), "/summarize")
            views = (await person.state())["views"]
            if views and views[-1]["title"]["text"] == _MODAL:
                await person.act("actions", view_id=views[-1]["id"], type="view_closed", is_cleared=True)
                return
            self.unheard[f"command: {answer.get('error') or answer['response']}"] += 1
            await asyncio.sleep(1)
        message = f"a modal that {_TRIES} tries did not open: {self.unheard}"
        raise AssertionError(message)

    async def _praise(self, person: Person) -> None:
        thread = self._one_recap()
        (recap,) = [m for m in await self.said(thread) if m["text"].startswith(_RECAP)]
        value = "good|" + str(recap["blocks"]).split("'value': 'good|")[1].split("'")[0]
        answer = await person.press(thread.channel, recap["ts"], "feedback", value=value)
        if not answer["ok"]:
            self.unheard[f"press: {answer['error']}"] += 1

    def _begun(self, thread: Thread) -> Thread:
        self.threads.append(thread)
        return thread

    def _one_recap(self) -> Thread:
        return self._dice.choice([thread for thread in self._recordings() if not thread.open])
