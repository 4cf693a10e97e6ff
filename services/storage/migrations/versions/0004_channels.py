"""How Earshot behaves in each channel, and which recap there is of a recording in a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0004_channels"
down_revision = "0003_executors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; `identity` is a digest of what was recorded, see `services.workflows.identities`."""
    op.create_table(
        "channels",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("manner", sa.String(16), nullable=False),
        sa.Column("set_by", sa.String(32), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "media_claims",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("identity", sa.String(64), primary_key=True),
        sa.Column("recap_id", sa.String(255), nullable=False),
    )
    op.create_index("ix_media_claims_recap_id", "media_claims", ["recap_id"])
    op.create_table(
        "offer_refusals",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("user", sa.String(32), primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("offer_refusals", "media_claims", "channels"):
        op.drop_table(table)
