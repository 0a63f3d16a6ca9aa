"""A chain of digests over the money."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('money_chain',
    sa.Column('step_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.CheckConstraint('length(facts) = 64 AND length(link) = 64', name=op.f('ck_money_chain_digests')),
    sa.PrimaryKeyConstraint('step_id', name=op.f('pk_money_chain')),
    sqlite_strict=True
    )
