"""Consent for a photograph can have an end."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    with op.batch_alter_table('evidence', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('consent_until', sa.Text(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_evidence_consent_until_words'),
            '"consent_until" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'',
        )
