"""Which processes are up."""

import sqlalchemy as sa
from alembic import op

revision = "0003_executors"
down_revision = "0002_token_buckets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; `beat` is Unix time by the database's clock, in seconds."""
    op.create_table(
        "executors",
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("beat", sa.Float(53), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("executors")
