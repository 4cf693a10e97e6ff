"""The workspaces that installed the app, and the installations under way."""

import sqlalchemy as sa
from alembic import op

revision = "0005_installations"
down_revision = "0004_channels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; `sealed` holds the tokens, see `services.storage.sealing`."""
    op.create_table(
        "installations",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("team_name", sa.Text, nullable=False),
        sa.Column("enterprise", sa.String(32)),
        sa.Column("app", sa.String(32), nullable=False),
        sa.Column("bot", sa.String(32), nullable=False),
        sa.Column("bot_user", sa.String(32), nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("installed_by", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.Float(53)),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "oauth_states",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("expires_at", sa.Float(53), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("oauth_states", "installations"):
        op.drop_table(table)
