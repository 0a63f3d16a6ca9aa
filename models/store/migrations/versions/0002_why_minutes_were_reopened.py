"""Why minutes were reopened stays with the meeting."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    with op.batch_alter_table('meeting', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('reopened', sa.Text(), nullable=True))

