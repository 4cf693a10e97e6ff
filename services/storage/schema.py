"""The tables, one schema for SQLite and PostgreSQL. Changes go through `migrations/`.

`recaps.id` is the identity of the Slack act and the durable workflow's id: team:channel:ts:file.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s"}
)

recaps = Table(
    "recaps",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("thread_ts", String(32), nullable=False),
    Column("user", String(32), nullable=False),
    Column("request", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("media", JSON),
    Column("summary_key", Text),
    Column("transcript_key", Text),
    Column("narration", JSON),
    Column("seconds", Float),
    Column("title", Text),
    Column("gist", Text),
    Column("duration", Float),
    Column("reason", Text),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), onupdate=func.now()),
    Index(None, "team", "channel", "thread_ts"),
    Index(None, "team", "created_at"),
)

posts = Table(
    "posts",
    metadata,
    Column("key", String(320), primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("thread_ts", String(32)),
    Column("kind", String(32), nullable=False),
    Column("ts", String(32)),
    Column("file_id", Text),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("recap_id", String(255), ForeignKey("recaps.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("user", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

feedback = Table(
    "feedback",
    metadata,
    Column("subject", String(255), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("team", String(32), nullable=False),
    Column("value", String(16), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# Times in seconds of the allowance, as `services.storage.token_buckets` counts them: double precision, because they
# start from the clock.
token_buckets = Table(
    "token_buckets",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("tokens_booked", Float(53), nullable=False),
    Column("tokens_returned", Float(53), nullable=False),
    Column("calls_booked", Float(53), nullable=False),
)

executors = Table(
    "executors",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("token", String(32), nullable=False),
    Column("role", String(16), nullable=False),
    Column("beat", Float(53), nullable=False),
)

# How Earshot behaves in a channel; no row is the default.
channels = Table(
    "channels",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("manner", String(16), nullable=False),
    Column("set_by", String(32), nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False),
)

# The one recap of a recording in a channel. Several identities may lead to one recap.
media_claims = Table(
    "media_claims",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("identity", String(64), primary_key=True),
    Column("recap_id", String(255), nullable=False, index=True),
)

# Who wants no offers in a channel: until then, or for ever.
offer_refusals = Table(
    "offer_refusals",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("until", DateTime(timezone=True)),
)

# What a person wants where they say nothing else; no row is the default.
preferences = Table(
    "preferences",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("language", String(8)),
    Column("length", String(8)),
    Column("audio", Boolean, nullable=False),
)

# The workspaces that installed the app; `sealed` holds their tokens, encrypted with TOKEN_KEY.
installations = Table(
    "installations",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("team_name", Text, nullable=False),
    Column("enterprise", String(32)),
    Column("app", String(32), nullable=False),
    Column("bot", String(32), nullable=False),
    Column("bot_user", String(32), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("installed_by", String(32), nullable=False),
    Column("expires_at", Float(53)),
    Column("sealed", Text, nullable=False),
    Column("installed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# Installations under way; times are Unix times.
oauth_states = Table(
    "oauth_states",
    metadata,
    Column("state", String(64), primary_key=True),
    Column("expires_at", Float(53), nullable=False),
)
