"""The allowance of each language model, shared by all workers."""

import sqlalchemy as sa
from alembic import op

revision = "0002_token_buckets"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "token_buckets",
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("tokens_booked", sa.Float(53), nullable=False),
        sa.Column("tokens_returned", sa.Float(53), nullable=False),
        sa.Column("calls_booked", sa.Float(53), nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("token_buckets")
