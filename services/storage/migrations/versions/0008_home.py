"""What Home shows: what recaps are about, why they failed, and what each person prefers."""

import sqlalchemy as sa
from alembic import op

revision = "0008_home"
down_revision = "0005_installations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, an index for the newest recaps of a workspace, and the table of preferences."""
    for name in ("title", "gist", "reason"):
        op.add_column("recaps", sa.Column(name, sa.Text))
    op.add_column("recaps", sa.Column("duration", sa.Float))
    op.create_index("ix_recaps_team_created_at", "recaps", ["team", "created_at"])
    op.create_table(
        "preferences",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("user", sa.String(32), primary_key=True),
        sa.Column("language", sa.String(8)),
        sa.Column("length", sa.String(8)),
        sa.Column("audio", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("preferences")
    op.drop_index("ix_recaps_team_created_at", "recaps")
    with op.batch_alter_table("recaps") as table:
        for name in ("title", "gist", "reason", "duration"):
            table.drop_column(name)
