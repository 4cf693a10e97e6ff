"""Several models in order of preference: what the first cannot do now, the next does."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import Protocol, TypeVar

import structlog

from services.language import Piece, Prompt, Reply
from services.language.breaker import Breaker
from services.language.mishaps import BusyError, CrowdedError
from services.vocabulary.base import Value
from services.vocabulary.errors import EarshotError, OperatorError, RetryableError

T = TypeVar("T", bound=Value)

_log = structlog.get_logger(__name__)

# The first pause when all are busy, doubled with every round, and the longest that a service may ask us to make.
_PAUSE = 1.0
_LONGEST_PAUSE = 20.0


class Preferred(Protocol):
    """A `LanguageModel` whose stream can be closed, and which has a name for the log."""

    @property
    def name(self) -> str: ...  # noqa: D102 - as in the port
    @property
    def engine(self) -> str: ...  # noqa: D102
    @property
    def context(self) -> int: ...  # noqa: D102
    def tokens(self, text: str) -> int: ...  # noqa: D102
    async def reply(self, prompt: Prompt, kind: type[T]) -> Reply[T]: ...  # noqa: D102
    def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]: ...  # noqa: D102


class PreferredModels:
    """The models in that order, each behind a circuit breaker.

    A model that is throttled, down, gives no usable reply or cannot be reached for a wrong setting is passed over for
    the next one. When all were, the busy ones are tried again after a pause, `rounds` times in all, before the error
    goes out. Declined content and too long prompts are not taken elsewhere. A stream moves on only before its first
    piece.
    """

    def __init__(
        self,
        models: Sequence[Preferred],
        *,
        rounds: int = 3,
        breaker: Callable[[], Breaker] | None = None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        make = breaker or (lambda: Breaker(now=now))
        self._models = [(model, make()) for model in models]
        self._rounds = rounds
        self._sleep = sleep

    @property
    def engine(self) -> str:
        """All the engines, because any may have done the work."""
        return "|".join(model.engine for model, _ in self._models)

    @property
    def context(self) -> int:
        """What every one of them takes."""
        return min(model.context for model, _ in self._models)

    def tokens(self, text: str) -> int:
        """What the most wasteful of them makes of the text."""
        return max(model.tokens(text) for model, _ in self._models)

    async def reply(self, prompt: Prompt, kind: type[T]) -> Reply[T]:
        """The reply of the first model that gives one."""
        self._check(prompt)
        errors: list[EarshotError] = []
        async for model, breaker in self._turns(errors):
            with _watched(model, breaker, errors):
                return await model.reply(prompt, kind)
        raise _worst(errors)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The stream of the first model that begins one."""
        self._check(prompt)
        errors: list[EarshotError] = []
        async for model, breaker in self._turns(errors):
            begun = False
            with _watched(model, breaker, errors):
                async with aclosing(model.stream(prompt)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
                return
            if begun:
                raise errors[-1]
        raise _worst(errors)

    def _check(self, prompt: Prompt) -> None:
        """No list may depend on who happens to be free: what is too long for one of them is too long."""
        needed = sum(self.tokens(text) for text in (prompt.instructions, prompt.material, prompt.question))
        if needed > self.context:
            raise ValueError(f"the prompt has about {needed} tokens, and the models take {self.context}")

    async def _turns(self, errors: list[EarshotError]) -> AsyncIterator[tuple[Preferred, Breaker]]:
        """Models to try, in order, round after round as long as waiting may help; who was not busy has had its turn."""
        left = list(self._models)
        for turn in range(self._rounds):
            before = len(errors)
            for each in tuple(left):
                if each[1].enter():
                    known = len(errors)
                    yield each
                    if any(type(error) is not BusyError for error in errors[known:]):
                        left.remove(each)
            busy = [error for error in errors[before:] if type(error) is BusyError]
            if not busy or turn + 1 == self._rounds:
                return
            await self._sleep(_pause(turn, busy))


def _pause(turn: int, busy: Sequence[BusyError]) -> float:
    asked = min((error.after for error in busy if error.after is not None), default=0.0)
    drawn = _PAUSE * 2**turn * random.uniform(0.5, 1.0)  # noqa: S311 - spreads the callers, hides nothing
    return float(min(max(asked, drawn), _LONGEST_PAUSE))


@contextmanager
def _watched(model: Preferred, breaker: Breaker, errors: list[EarshotError]) -> Iterator[None]:
    """Tell the breaker how a call went, and note what the next model may do better."""
    try:
        yield
    except (RetryableError, OperatorError) as error:
        if isinstance(error, BusyError) and not isinstance(error, CrowdedError):
            breaker.failed()
        else:
            breaker.left()
        _log.warning("model_passed_over", model=model.name, reason=str(error))
        errors.append(error)
    except BaseException:
        breaker.left()
        raise
    else:
        breaker.succeeded()


def _worst(errors: Sequence[EarshotError]) -> EarshotError:
    """What to say when nobody replied: if time may mend it, that; else what the operator must mend."""
    for error in errors:
        if isinstance(error, RetryableError):
            return error
    return errors[0] if errors else RetryableError("every language model failed often just now and is left alone")
