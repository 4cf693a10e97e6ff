"""The first tables: recaps, posts, exchanges, feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _created() -> sa.Column[object]:
    return sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "recaps",
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread_ts", sa.String(32), nullable=False),
        sa.Column("user", sa.String(32), nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
        sa.Column("media", sa.JSON),
        sa.Column("summary_key", sa.Text),
        sa.Column("transcript_key", sa.Text),
        sa.Column("narration", sa.JSON),
        sa.Column("seconds", sa.Float),
        _created(),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_index("ix_recaps_team_channel_thread_ts", "recaps", ["team", "channel", "thread_ts"])
    op.create_table(
        "posts",
        sa.Column("key", sa.String(320), primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread_ts", sa.String(32)),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("ts", sa.String(32)),
        sa.Column("file_id", sa.Text),
        _created(),
    )
    op.create_table(
        "exchanges",
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column(
            "recap_id",
            sa.String(255),
            sa.ForeignKey("recaps.id", name="fk_exchanges_recap_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("user", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        _created(),
    )
    op.create_index("ix_exchanges_recap_id", "exchanges", ["recap_id"])
    op.create_table(
        "feedback",
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("user", sa.String(32), primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("value", sa.String(16), nullable=False),
        _created(),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("feedback", "exchanges", "posts", "recaps"):
        op.drop_table(table)
