"""Parts of the pack can be left out and put in order; a logo for its cover."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('pack_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.Integer(), nullable=False),
    sa.CheckConstraint('"left_out" IN (0, 1)', name=op.f('ck_pack_part_left_out_words')),
    sa.CheckConstraint('"part" BETWEEN 2 AND 23', name=op.f('ck_pack_part_part_bounds')),
    sa.CheckConstraint('"position" BETWEEN 0 AND 1000', name=op.f('ck_pack_part_position_bounds')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_pack_part_school_year_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_part')),
    sa.UniqueConstraint('school_year', 'part', name=op.f('uq_pack_part_school_year_part')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('cluster', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('logo_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_cluster_logo_id'), ['logo_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_cluster_logo_id_attachment'), 'attachment', ['logo_id'], ['id'], ondelete='RESTRICT')

