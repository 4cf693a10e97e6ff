"""The settings: the only reader of the environment. `.env.example` says each in a sentence."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from services.vocabulary.role import Role


def default_models_dir() -> Path:
    """Where models are kept when nothing else is said: the user's cache, shared by all checkouts."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "earshot" / "models"


def _names(text: object) -> object:
    return tuple(filter(None, (name.strip() for name in text.split(",")))) if isinstance(text, str) else text


def _pairs(text: object) -> object:
    if not isinstance(text, str):
        return text
    parts = [entry.partition("=") for entry in text.split(",") if entry.strip()]
    if not all(name.strip() and value.strip() for name, _, value in parts):
        raise ValueError("write pairs with commas between them, such as en=Amy,de=Vicki")
    return {name.strip(): value.strip() for name, _, value in parts}


_TRANSCRIBE_AT_ONCE = 256  # waiting costs little, and the service has its own line
Backend = Literal["local", "aws"]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]
"""Names with commas between them."""
Engines = Annotated[
    tuple[Literal["generative", "neural", "long-form", "standard"], ...],
    NoDecode,
    BeforeValidator(_names),
    Field(min_length=1),
]
"""Polly's engines."""
Pairs = Annotated[dict[str, str], NoDecode, BeforeValidator(_pairs)]
"""Names for names, as in 'en=Amy,de=Vicki'."""


class Settings(BaseSettings):
    """What can be set, with defaults that work on one machine without any account."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    token_key: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    public_url: str | None = None
    backend: Backend = "local"
    storage: Backend | None = None
    transcriber: Backend | None = None
    summarizer: Backend | None = None
    answerer: Backend | None = None
    speech: Backend | None = None
    aws_region: str | None = None
    s3_bucket: str | None = None
    s3_kms_key: str | None = None
    bedrock_models: Names = ("global.anthropic.claude-sonnet-5-5", "global.anthropic.claude-haiku-5-5")
    bedrock_guardrail: str | None = None
    model_url: str | None = None
    model_name: str | None = None
    model_key: SecretStr | None = None
    model_prices: Path | None = None
    tokens_per_minute: int = Field(default=400_000, ge=1000)
    calls_per_minute: int = Field(default=60, ge=1)
    outputs: Names = ()
    transcript_as: Literal["auto", "file"] = "auto"
    transcribe_languages: Names = ()
    transcribe_vocabulary: str | None = None
    transcribe_redact_pii: bool = False
    transcribe_chunk_minutes: float | None = Field(default=None, ge=2)
    transcribe_queue_role: str | None = None
    polly_engines: Engines = ("generative", "neural", "standard")
    polly_voices: Pairs = {}
    data_dir: Path = Path("var/earshot")
    database_url: str | None = None
    role: Role = Role.ALL
    executor_id: str = Field(default_factory=socket.gethostname, min_length=1)
    recaps_at_once: int = Field(default=64, ge=1)
    stalled_minutes: float = Field(default=60.0, gt=0)
    retention_days: int = Field(default=0, ge=0)
    models_dir: Path = Field(default_factory=default_models_dir)
    whisper_model: str = "base"
    hearing_threads: int = Field(default=2, ge=1)
    hearing_at_once: int = Field(default=1, ge=1)
    max_hours: float = Field(default=8.0, gt=0)
    max_megabytes: int = Field(default=2048, ge=1)
    egress_allow: str = ""
    ca_bundle: Path | None = None
    ytdlp_proxy: SecretStr | None = None
    ytdlp_cookies: Path | None = None
    ytdlp_path: Path | None = None
    link_days: int = Field(default=30, ge=1)
    link_secret: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("slack_api_url")
    @classmethod
    def _with_slash(cls, url: str) -> str:
        return url if url.endswith("/") else url + "/"

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str | None) -> str | None:
        return url.rstrip("/") if url else None

    @property
    def many_workspaces(self) -> bool:
        """Whether workspaces install the app by themselves, so that each has a token of its own."""
        return self.slack_client_id is not None or self.slack_client_secret is not None

    def backend_of(self, service: Literal["storage", "transcriber", "summarizer", "answerer", "speech"]) -> Backend:
        """Which backend does that service: its own setting, or else the common one."""
        own: Backend | None = getattr(self, service)
        return own or self.backend

    @property
    def uses_aws(self) -> bool:
        """Whether any service is done by AWS."""
        services = ("storage", "transcriber", "summarizer", "answerer", "speech")
        return "aws" in map(self.backend_of, services)  # type: ignore[arg-type]

    @property
    def hears_locally(self) -> bool:
        """Whether this machine's own engines hear or speak, so that their models must be here."""
        return "local" in (self.backend_of("transcriber"), self.backend_of("speech"))

    @property
    def places(self) -> int:
        """How many recordings are heard at once: here they want processors, at Amazon Transcribe only patience."""
        return self.hearing_at_once if self.backend_of("transcriber") == "local" else _TRANSCRIBE_AT_ONCE

    @property
    def scratch_dir(self) -> Path:
        """Room for files in the making, of this process alone."""
        return self.data_dir / "scratch" / self.executor_id

    @property
    def tables_url(self) -> str:
        """The database of our tables."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'earshot.db').absolute()}"

    @property
    def engine_url(self) -> str:
        """The database of the durable engine: the same one, but on SQLite a file of its own, as it writes much."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'engine.db').absolute()}"

    def link_key(self) -> bytes:
        """The key that signs the player's links: as set, else made once and kept in the data folder."""
        if self.link_secret:
            return self.link_secret.get_secret_value().encode()
        path = self.data_dir / "link-secret"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32))
        return path.read_bytes()
