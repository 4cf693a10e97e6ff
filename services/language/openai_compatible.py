"""A model on any server that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp, a gateway."""

from __future__ import annotations

from openai import AsyncOpenAI
from openai import Timeout as Timeouts
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from services.language import Prompt
from services.language.budget import Budget
from services.language.capabilities import capability
from services.language.conversing import ConversingModel
from services.language.exchange import Exchange, Observe
from services.language.prices import Prices

# What such servers give a prompt when nobody sets more; a longer one is split by who asks.
_USUAL_WINDOW = 32_768
_CONNECT_SECONDS = 10.0
# A limit on each gap: a local server reads a long prompt for minutes before its first word.
_GAP_SECONDS = 300.0


class OpenAICompatibleModel(ConversingModel):
    """One model behind `base_url`, which ends in /v1 with most servers.

    `window` is the context that the server was started with, in tokens. The reply's type goes as a JSON schema, and as
    words in the prompt to a server that refuses schemas. Prices are the operator's own. Making one reads certificates
    from disk, so it does not belong on the event loop; `close` ends its connections.
    """

    def __init__(
        self,
        base_url: str,
        model_name: str,
        *,
        key: str | None = None,
        prices: Prices | None = None,
        budget: Budget | None = None,
        observe: Observe | None = None,
        window: int = _USUAL_WINDOW,
        at_once: int = 4,
    ) -> None:
        self._client = AsyncOpenAI(
            base_url=base_url,
            api_key=key or "none",  # the library insists on one, servers without keys ignore it
            max_retries=0,
            timeout=Timeouts(_GAP_SECONDS, connect=_CONNECT_SECONDS),
        )
        # Older servers know max_tokens only, and all of them still do.
        profile = OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False)
        provider = OpenAICompatibleProvider("openai-compatible", openai_client=self._client, profile=profile)
        model = OpenAIChatModel(model_name, provider=provider)
        known = capability(model, window=window)
        # How much it may write is the server's affair; it stops at the end of its window.
        effort = bool(model.profile.get("supports_thinking"))
        self._known = known.model_copy(update={"knows_effort": effort, "longest": None})
        exchange = Exchange(
            model,
            self._known,
            self._settings,
            prices=prices or Prices(provider=None),
            budget=budget,
            observe=observe,
            at_once=at_once,
        )
        super().__init__(exchange)

    async def close(self) -> None:
        """End the connections."""
        await self._client.close()

    def _settings(self, prompt: Prompt, limit: int) -> ModelSettings:
        settings = ModelSettings(max_tokens=limit)
        if prompt.effort and self._known.knows_effort:
            settings["thinking"] = prompt.effort  # type: ignore[typeddict-item] # the port names the same levels
        return settings
