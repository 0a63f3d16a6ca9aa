"""The first layout."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None


def upgrade() -> None:
    op.create_table('advisor_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asked_on', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.CheckConstraint('"answered_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_advisor_question_answered_on_words')),
    sa.CheckConstraint('"asked_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_advisor_question_asked_on_words')),
    sa.CheckConstraint('length("question") > 0', name=op.f('ck_advisor_question_question_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advisor_question')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('stage_label', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.Column('ends_on', sa.Text(), nullable=False),
    sa.Column('pilot', sa.Integer(), nullable=False),
    sa.Column('report_on', sa.Text(), nullable=True),
    sa.Column('review_result', sa.Text(), nullable=False),
    sa.Column('application_on', sa.Text(), nullable=True),
    sa.Column('application_result', sa.Text(), nullable=False),
    sa.Column('transition_approved_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"application_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_agreement_application_on_words')),
    sa.CheckConstraint('"application_result" IN (\'pending\', \'successful\', \'unsuccessful\')', name=op.f('ck_agreement_application_result_words')),
    sa.CheckConstraint('"ends_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_agreement_ends_on_words')),
    sa.CheckConstraint('"pilot" IN (0, 1)', name=op.f('ck_agreement_pilot_words')),
    sa.CheckConstraint('"report_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_agreement_report_on_words')),
    sa.CheckConstraint('"review_result" IN (\'pending\', \'successful\', \'unsuccessful\')', name=op.f('ck_agreement_review_result_words')),
    sa.CheckConstraint('"stage" BETWEEN 1 AND 4', name=op.f('ck_agreement_stage_bounds')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_agreement_starts_on_words')),
    sa.CheckConstraint('"transition_approved_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_agreement_transition_approved_on_words')),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_agreement_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement')),
    sa.UniqueConstraint('starts_on', name=op.f('uq_agreement_starts_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('aim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.CheckConstraint('"number" BETWEEN 1 AND 6', name=op.f('ck_aim_number_bounds')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_aim_starts_on_words')),
    sa.CheckConstraint('length("text") > 0', name=op.f('ck_aim_text_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aim')),
    sa.UniqueConstraint('number', 'starts_on', name=op.f('uq_aim_number_starts_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('bar_slip',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('slip', sa.Integer(), nullable=False),
    sa.Column('bigger', sa.Text(), nullable=False),
    sa.Column('add', sa.Text(), nullable=False),
    sa.Column('remove', sa.Text(), nullable=False),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_bar_slip_school_year_bounds')),
    sa.CheckConstraint('"slip" BETWEEN 1 AND 1000', name=op.f('ck_bar_slip_slip_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bar_slip')),
    sa.UniqueConstraint('school_year', 'slip', name=op.f('uq_bar_slip_school_year_slip')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('blob',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blob')),
    sqlite_strict=True
    )
    op.create_table('cluster',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('programme_name', sa.Text(), nullable=False),
    sa.Column('sponsor_name', sa.Text(), nullable=False),
    sa.Column('vision', sa.Text(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('channel_link', sa.Text(), nullable=False),
    sa.Column('day_starts', sa.Text(), nullable=True),
    sa.Column('day_ends', sa.Text(), nullable=True),
    sa.Column('financial_year_month', sa.Integer(), nullable=False),
    sa.Column('sample_today', sa.Text(), nullable=True),
    sa.CheckConstraint('"day_ends" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_cluster_day_ends_words')),
    sa.CheckConstraint('"day_starts" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_cluster_day_starts_words')),
    sa.CheckConstraint('"financial_year_month" BETWEEN 1 AND 12', name=op.f('ck_cluster_financial_year_month_bounds')),
    sa.CheckConstraint('"sample_today" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_cluster_sample_today_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_cluster_name_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('confidence_area',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('leaders_only', sa.Integer(), nullable=False),
    sa.CheckConstraint('"leaders_only" IN (0, 1)', name=op.f('ck_confidence_area_leaders_only_words')),
    sa.CheckConstraint('"position" BETWEEN 0 AND 1000000', name=op.f('ck_confidence_area_position_bounds')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_confidence_area_name_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confidence_area')),
    sa.UniqueConstraint('name', name=op.f('uq_confidence_area_name')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('focus_area',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired', sa.Integer(), nullable=False),
    sa.CheckConstraint('"position" BETWEEN 0 AND 1000000', name=op.f('ck_focus_area_position_bounds')),
    sa.CheckConstraint('"retired" IN (0, 1)', name=op.f('ck_focus_area_retired_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_focus_area_name_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_focus_area')),
    sa.UniqueConstraint('name', name=op.f('uq_focus_area_name')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('meta',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_uuid', sa.Text(), nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('app_version', sa.Text(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_meta_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meta')),
    sqlite_strict=True
    )
    op.create_table('next_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('task', sa.Text(), nullable=False),
    sa.Column('success', sa.Text(), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('when', sa.Text(), nullable=False),
    sa.Column('cost_p', sa.Integer(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('check', sa.Text(), nullable=False),
    sa.CheckConstraint('"cost_p" >= 0', name=op.f('ck_next_step_cost_p_bounds')),
    sa.CheckConstraint('"position" BETWEEN 0 AND 1000000', name=op.f('ck_next_step_position_bounds')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_next_step_school_year_bounds')),
    sa.CheckConstraint('length("task") > 0', name=op.f('ck_next_step_task_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_next_step')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('other_funding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('funder', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('applied_on', sa.Text(), nullable=True),
    sa.Column('awarded_on', sa.Text(), nullable=True),
    sa.Column('amount_p', sa.Integer(), nullable=True),
    sa.Column('told_advisor_on', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"amount_p" >= 0', name=op.f('ck_other_funding_amount_p_bounds')),
    sa.CheckConstraint('"applied_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_other_funding_applied_on_words')),
    sa.CheckConstraint('"awarded_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_other_funding_awarded_on_words')),
    sa.CheckConstraint('"state" IN (\'applied\', \'awarded\', \'refused\', \'finished\')', name=op.f('ck_other_funding_state_words')),
    sa.CheckConstraint('"told_advisor_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_other_funding_told_advisor_on_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_other_funding_name_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_other_funding')),
    sa.UniqueConstraint('name', name=op.f('uq_other_funding_name')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('pack_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.CheckConstraint('"kind" IN (\'foreword\', \'success\', \'difficulty\', \'ask\')', name=op.f('ck_pack_note_kind_words')),
    sa.CheckConstraint('"position" BETWEEN 0 AND 1000000', name=op.f('ck_pack_note_position_bounds')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_pack_note_school_year_bounds')),
    sa.CheckConstraint('length(text) > 0', name=op.f('ck_pack_note_words')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_note')),
    sa.UniqueConstraint('school_year', 'kind', 'position', name=op.f('uq_pack_note_school_year_kind_position')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('partner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('obtained', sa.Text(), nullable=False),
    sa.Column('since_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"kind" IN (\'university\', \'learned_society\', \'secondary\', \'employer\', \'ambassador\', \'other\')', name=op.f('ck_partner_kind_words')),
    sa.CheckConstraint('"since_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_partner_since_on_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_partner_name_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner')),
    sa.UniqueConstraint('name', name=op.f('uq_partner_name')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('scheme_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.Column('response', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint('"response" IN (\'ignore\', \'warn\', \'refuse\')', name=op.f('ck_scheme_setting_response_words')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_scheme_setting_starts_on_words')),
    sa.CheckConstraint('length("key") > 0', name=op.f('ck_scheme_setting_key_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_setting')),
    sa.UniqueConstraint('key', 'starts_on', name=op.f('uq_scheme_setting_key_starts_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('school',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('short_name', sa.Text(), nullable=False),
    sa.Column('urn', sa.Text(), nullable=True),
    sa.Column('laestab', sa.Text(), nullable=False),
    sa.Column('phase', sa.Text(), nullable=False),
    sa.Column('low_age', sa.Integer(), nullable=True),
    sa.Column('high_age', sa.Integer(), nullable=True),
    sa.Column('number_on_roll', sa.Integer(), nullable=True),
    sa.Column('roll_as_of', sa.Text(), nullable=True),
    sa.Column('type_name', sa.Text(), nullable=False),
    sa.Column('trust_name', sa.Text(), nullable=False),
    sa.Column('la_name', sa.Text(), nullable=False),
    sa.Column('vat_recovery', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('predecessor_id', sa.Integer(), nullable=True),
    sa.Column('day_starts', sa.Text(), nullable=True),
    sa.Column('day_ends', sa.Text(), nullable=True),
    sa.Column('extra_support', sa.Integer(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('postcode', sa.Text(), nullable=False),
    sa.Column('website', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint("urn IS NULL OR urn GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'", name=op.f('ck_school_urn')),
    sa.CheckConstraint('"day_ends" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_school_day_ends_words')),
    sa.CheckConstraint('"day_starts" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_school_day_starts_words')),
    sa.CheckConstraint('"extra_support" IN (0, 1)', name=op.f('ck_school_extra_support_words')),
    sa.CheckConstraint('"high_age" BETWEEN 0 AND 25', name=op.f('ck_school_high_age_bounds')),
    sa.CheckConstraint('"low_age" BETWEEN 0 AND 25', name=op.f('ck_school_low_age_bounds')),
    sa.CheckConstraint('"number_on_roll" BETWEEN 0 AND 20000', name=op.f('ck_school_number_on_roll_bounds')),
    sa.CheckConstraint('"phase" IN (\'nursery\', \'infant\', \'junior\', \'primary\', \'middle\', \'secondary\', \'all_through\', \'special\', \'post_16\', \'not_applicable\')', name=op.f('ck_school_phase_words')),
    sa.CheckConstraint('"roll_as_of" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_school_roll_as_of_words')),
    sa.CheckConstraint('"status" IN (\'open\', \'closing\', \'proposed\', \'closed\')', name=op.f('ck_school_status_words')),
    sa.CheckConstraint('"vat_recovery" IN (\'yes\', \'no\', \'ask\')', name=op.f('ck_school_vat_recovery_words')),
    sa.CheckConstraint('high_age >= low_age', name=op.f('ck_school_ages')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_school_name_bounds')),
    sa.ForeignKeyConstraint(['predecessor_id'], ['school.id'], name=op.f('fk_school_predecessor_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school')),
    sa.UniqueConstraint('name', name=op.f('uq_school_name')),
    sa.UniqueConstraint('urn', name=op.f('uq_school_urn')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('school', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_school_predecessor_id'), ['predecessor_id'], unique=False)

    op.create_table('school_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('term', sa.Text(), nullable=False),
    sa.Column('half', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.Column('ends_on', sa.Text(), nullable=False),
    sa.CheckConstraint('"ends_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_school_term_ends_on_words')),
    sa.CheckConstraint('"half" BETWEEN 1 AND 2', name=op.f('ck_school_term_half_bounds')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_school_term_school_year_bounds')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_school_term_starts_on_words')),
    sa.CheckConstraint('"term" IN (\'autumn\', \'spring\', \'summer\')', name=op.f('ck_school_term_term_words')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_school_term_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_term')),
    sa.UniqueConstraint('school_year', 'term', 'half', name=op.f('uq_school_term_school_year_term_half')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('shared_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"issued_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_shared_document_issued_on_words')),
    sa.CheckConstraint('"version" BETWEEN 1 AND 1000', name=op.f('ck_shared_document_version_bounds')),
    sa.CheckConstraint('length("title") > 0', name=op.f('ck_shared_document_title_bounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_document')),
    sa.UniqueConstraint('title', 'version', name=op.f('uq_shared_document_title_version')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    op.create_table('step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('target', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('do', 'undo', 'redo', 'seal')", name=op.f('ck_step_kind')),
    sa.CheckConstraint("state IN ('done', 'undone', 'dropped', 'sealed')", name=op.f('ck_step_state')),
    sa.ForeignKeyConstraint(['target'], ['step.id'], name=op.f('fk_step_target_step'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('step', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_step_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_step_target'), ['target'], unique=False)

    op.create_table('change',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.Text(), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('before', sa.Text(), nullable=True),
    sa.Column('after', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['step_id'], ['step.id'], name=op.f('fk_change_step_id_step'), ondelete='RESTRICT'),
    sqlite_strict=True
    )
    with op.batch_alter_table('change', table_kwargs={'sqlite_strict': True}) as batch_op:
        batch_op.create_index('ix_change_row', ['table_name', 'row_id', 'step_id'], unique=True)
        batch_op.create_index('ix_change_step', ['step_id', 'table_name'], unique=False)

    op.create_table('closed_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('"kind" IN (\'bank_holiday\', \'inset\', \'closure\')', name=op.f('ck_closed_day_kind_words')),
    sa.CheckConstraint('"on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_closed_day_on_words')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_closed_day_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closed_day')),
    sa.UniqueConstraint('on', 'school_id', name=op.f('uq_closed_day_on_school_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('closed_day', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_closed_day_school_id'), ['school_id'], unique=False)

    op.create_table('confidence_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('slip', sa.Text(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=True),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('answered_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"answered_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_confidence_answer_answered_on_words')),
    sa.CheckConstraint('"respondent" IN (\'leader\', \'other_teacher\')', name=op.f('ck_confidence_answer_respondent_words')),
    sa.CheckConstraint('"round" IN (\'baseline\', \'follow_up\')', name=op.f('ck_confidence_answer_round_words')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_confidence_answer_school_year_bounds')),
    sa.CheckConstraint('"score" BETWEEN 1 AND 10', name=op.f('ck_confidence_answer_score_bounds')),
    sa.CheckConstraint('length("slip") > 0', name=op.f('ck_confidence_answer_slip_bounds')),
    sa.ForeignKeyConstraint(['area_id'], ['confidence_area.id'], name=op.f('fk_confidence_answer_area_id_confidence_area'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confidence_answer')),
    sa.UniqueConstraint('school_year', 'round', 'slip', 'area_id', name=op.f('uq_confidence_answer_school_year_round_slip_area_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('confidence_answer', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_confidence_answer_area_id'), ['area_id'], unique=False)

    op.create_table('declaration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('additional', sa.Text(), nullable=False),
    sa.Column('confirmed_by', sa.Text(), nullable=False),
    sa.Column('confirmed_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"additional" IN (\'yes\', \'no\', \'not_said\')', name=op.f('ck_declaration_additional_words')),
    sa.CheckConstraint('"confirmed_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_declaration_confirmed_on_words')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_declaration_school_year_bounds')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_declaration_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration')),
    sa.UniqueConstraint('school_id', 'school_year', name=op.f('uq_declaration_school_id_school_year')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('declaration', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaration_school_id'), ['school_id'], unique=False)

    op.create_table('document_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('agreed_on', sa.Text(), nullable=False),
    sa.CheckConstraint('"agreed_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_document_agreement_agreed_on_words')),
    sa.ForeignKeyConstraint(['document_id'], ['shared_document.id'], name=op.f('fk_document_agreement_document_id_shared_document'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_document_agreement_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_agreement')),
    sa.UniqueConstraint('document_id', 'school_id', name=op.f('uq_document_agreement_document_id_school_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('document_agreement', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_agreement_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_agreement_school_id'), ['school_id'], unique=False)

    op.create_table('fund',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.Text(), nullable=False),
    sa.Column('opening_p', sa.Integer(), nullable=False),
    sa.Column('other_funding_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('"kind" IN (\'pot\', \'lead_time\', \'lead_admin\', \'other\')', name=op.f('ck_fund_kind_words')),
    sa.CheckConstraint('"opened_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_fund_opened_on_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_fund_name_bounds')),
    sa.ForeignKeyConstraint(['other_funding_id'], ['other_funding.id'], name=op.f('fk_fund_other_funding_id_other_funding'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund')),
    sa.UniqueConstraint('name', name=op.f('uq_fund_name')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('fund', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_fund_other_funding_id'), ['other_funding_id'], unique=False)

    op.create_table('issued_pack',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pack_number', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Text(), nullable=False),
    sa.Column('data_to', sa.Text(), nullable=False),
    sa.Column('figures', sa.Text(), nullable=False),
    sa.Column('changes', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.CheckConstraint('"data_to" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_issued_pack_data_to_words')),
    sa.CheckConstraint('"issued_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_issued_pack_issued_on_words')),
    sa.CheckConstraint('"pack_number" BETWEEN 1 AND 1000000', name=op.f('ck_issued_pack_pack_number_bounds')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_issued_pack_school_year_bounds')),
    sa.CheckConstraint('"version" BETWEEN 1 AND 1000', name=op.f('ck_issued_pack_version_bounds')),
    sa.ForeignKeyConstraint(['sha256'], ['blob.sha256'], name=op.f('fk_issued_pack_sha256_blob'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_pack')),
    sa.UniqueConstraint('pack_number', name=op.f('uq_issued_pack_pack_number')),
    sa.UniqueConstraint('school_year', 'version', name=op.f('uq_issued_pack_school_year_version')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('issued_pack', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_issued_pack_sha256'), ['sha256'], unique=False)

    op.create_table('lead_spell',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.Column('ends_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"ends_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_lead_spell_ends_on_words')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_lead_spell_starts_on_words')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_lead_spell_order')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_lead_spell_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_spell')),
    sa.UniqueConstraint('starts_on', name=op.f('uq_lead_spell_starts_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('lead_spell', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_lead_spell_school_id'), ['school_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Text(), nullable=False),
    sa.Column('starts_at', sa.Text(), nullable=True),
    sa.Column('ends_at', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('in_school_day', sa.Integer(), nullable=True),
    sa.Column('host_school_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('finalised_on', sa.Text(), nullable=True),
    sa.Column('three_e', sa.Text(), nullable=True),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.CheckConstraint('"audience" IN (\'universal\', \'targeted\')', name=op.f('ck_meeting_audience_words')),
    sa.CheckConstraint('"ends_at" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_meeting_ends_at_words')),
    sa.CheckConstraint('"finalised_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_meeting_finalised_on_words')),
    sa.CheckConstraint('"held_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_meeting_held_on_words')),
    sa.CheckConstraint('"in_school_day" IN (0, 1)', name=op.f('ck_meeting_in_school_day_words')),
    sa.CheckConstraint('"kind" IN (\'full_cluster\', \'sub_group\', \'advisor\', \'steering\', \'network\', \'cpd\')', name=op.f('ck_meeting_kind_words')),
    sa.CheckConstraint('"starts_at" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_meeting_starts_at_words')),
    sa.CheckConstraint('"status" IN (\'planned\', \'held\', \'cancelled\')', name=op.f('ck_meeting_status_words')),
    sa.CheckConstraint('"three_e" IN (\'engaging\', \'enabling\', \'empowering\')', name=op.f('ck_meeting_three_e_words')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_meeting_order')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_meeting_code_bounds')),
    sa.CheckConstraint('length("title") > 0', name=op.f('ck_meeting_title_bounds')),
    sa.ForeignKeyConstraint(['host_school_id'], ['school.id'], name=op.f('fk_meeting_host_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('code', name=op.f('uq_meeting_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('meeting', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index('ix_meeting_held_on', ['held_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_host_school_id'), ['host_school_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('joined_on', sa.Text(), nullable=False),
    sa.Column('left_on', sa.Text(), nullable=True),
    sa.Column('leaving_reason', sa.Text(), nullable=False),
    sa.Column('at_risk', sa.Integer(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('advisor_discussed_on', sa.Text(), nullable=True),
    sa.Column('advisor_outcome', sa.Text(), nullable=False),
    sa.Column('gives_release_input', sa.Integer(), nullable=False),
    sa.Column('funded_places', sa.Integer(), nullable=True),
    sa.Column('agreement_ends_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"advisor_discussed_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_membership_advisor_discussed_on_words')),
    sa.CheckConstraint('"agreement_ends_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_membership_agreement_ends_on_words')),
    sa.CheckConstraint('"at_risk" IN (0, 1)', name=op.f('ck_membership_at_risk_words')),
    sa.CheckConstraint('"funded_places" BETWEEN 0 AND 10', name=op.f('ck_membership_funded_places_bounds')),
    sa.CheckConstraint('"gives_release_input" IN (0, 1)', name=op.f('ck_membership_gives_release_input_words')),
    sa.CheckConstraint('"joined_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_membership_joined_on_words')),
    sa.CheckConstraint('"left_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_membership_left_on_words')),
    sa.CheckConstraint('left_on >= joined_on', name=op.f('ck_membership_order')),
    sa.ForeignKeyConstraint(['replaces_id'], ['school.id'], name=op.f('fk_membership_replaces_id_school'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_membership_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('school_id', 'joined_on', name=op.f('uq_membership_school_id_joined_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('membership', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_replaces_id'), ['replaces_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_school_id'), ['school_id'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('is_fellow', sa.Integer(), nullable=False),
    sa.Column('is_ect', sa.Integer(), nullable=False),
    sa.Column('left_on', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"is_ect" IN (0, 1)', name=op.f('ck_person_is_ect_words')),
    sa.CheckConstraint('"is_fellow" IN (0, 1)', name=op.f('ck_person_is_fellow_words')),
    sa.CheckConstraint('"left_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_person_left_on_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_person_name_bounds')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_person_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('name', name=op.f('uq_person_name')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('person', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_school_id'), ['school_id'], unique=False)

    op.create_table('project',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('difficulty', sa.Text(), nullable=True),
    sa.Column('length', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Text(), nullable=True),
    sa.Column('ends_on', sa.Text(), nullable=True),
    sa.Column('stopped_reason', sa.Text(), nullable=False),
    sa.Column('programme', sa.Text(), nullable=False),
    sa.Column('feedback_on', sa.Text(), nullable=True),
    sa.Column('feedback', sa.Text(), nullable=False),
    sa.CheckConstraint('"difficulty" IN (\'easier\', \'harder\')', name=op.f('ck_project_difficulty_words')),
    sa.CheckConstraint('"ends_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_project_ends_on_words')),
    sa.CheckConstraint('"feedback_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_project_feedback_on_words')),
    sa.CheckConstraint('"length" IN (\'short\', \'long\')', name=op.f('ck_project_length_words')),
    sa.CheckConstraint('"scope" IN (\'shared\', \'school_theme\')', name=op.f('ck_project_scope_words')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_project_starts_on_words')),
    sa.CheckConstraint('"state" IN (\'planned\', \'running\', \'done\', \'stopped\')', name=op.f('ck_project_state_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_project_code_bounds')),
    sa.CheckConstraint('length("title") > 0', name=op.f('ck_project_title_bounds')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_project_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project')),
    sa.UniqueConstraint('code', name=op.f('uq_project_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('project', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_school_id'), ['school_id'], unique=False)

    op.create_table('psqm_award',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('awarded_on', sa.Text(), nullable=False),
    sa.CheckConstraint('"awarded_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_psqm_award_awarded_on_words')),
    sa.CheckConstraint('"level" IN (\'psqm\', \'gilt\', \'outreach\', \'bronze\', \'silver\', \'gold\')', name=op.f('ck_psqm_award_level_words')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_psqm_award_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_psqm_award')),
    sa.UniqueConstraint('school_id', 'awarded_on', name=op.f('uq_psqm_award_school_id_awarded_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('psqm_award', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_psqm_award_school_id'), ['school_id'], unique=False)

    op.create_table('psqm_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('requested_on', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('hub', sa.Text(), nullable=False),
    sa.Column('hub_available', sa.Integer(), nullable=False),
    sa.Column('advisor_contacted', sa.Integer(), nullable=False),
    sa.Column('amount_p', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('override_reason', sa.Text(), nullable=False),
    sa.CheckConstraint('"advisor_contacted" IN (0, 1)', name=op.f('ck_psqm_request_advisor_contacted_words')),
    sa.CheckConstraint('"amount_p" >= 0', name=op.f('ck_psqm_request_amount_p_bounds')),
    sa.CheckConstraint('"hub_available" IN (0, 1)', name=op.f('ck_psqm_request_hub_available_words')),
    sa.CheckConstraint('"requested_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_psqm_request_requested_on_words')),
    sa.CheckConstraint('"state" IN (\'requested\', \'waiting\', \'funded\', \'refused\', \'withdrawn\')', name=op.f('ck_psqm_request_state_words')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_psqm_request_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_psqm_request')),
    sa.UniqueConstraint('school_id', 'requested_on', name=op.f('uq_psqm_request_school_id_requested_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('psqm_request', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_psqm_request_school_id'), ['school_id'], unique=False)

    op.create_table('resource',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('owner_school_id', sa.Integer(), nullable=True),
    sa.Column('lender', sa.Text(), nullable=False),
    sa.Column('return_by', sa.Text(), nullable=True),
    sa.Column('life', sa.Text(), nullable=False),
    sa.Column('dropped_reason', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('effort', sa.Text(), nullable=False),
    sa.Column('location', sa.Text(), nullable=False),
    sa.Column('safety_ref', sa.Text(), nullable=False),
    sa.Column('safety_link', sa.Text(), nullable=False),
    sa.Column('has_mains', sa.Integer(), nullable=False),
    sa.Column('next_check_on', sa.Text(), nullable=True),
    sa.Column('replacement_p', sa.Integer(), nullable=True),
    sa.Column('retired_on', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=False),
    sa.CheckConstraint("owner <> 'school' OR owner_school_id IS NOT NULL", name=op.f('ck_resource_owner')),
    sa.CheckConstraint('"has_mains" IN (0, 1)', name=op.f('ck_resource_has_mains_words')),
    sa.CheckConstraint('"kind" IN (\'item\', \'kit\', \'quick_enquiry\', \'plan\', \'book\')', name=op.f('ck_resource_kind_words')),
    sa.CheckConstraint('"life" IN (\'idea\', \'on_trial\', \'adopted\', \'dropped\', \'shared\')', name=op.f('ck_resource_life_words')),
    sa.CheckConstraint('"minutes" BETWEEN 1 AND 600', name=op.f('ck_resource_minutes_bounds')),
    sa.CheckConstraint('"next_check_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_resource_next_check_on_words')),
    sa.CheckConstraint('"owner" IN (\'cluster\', \'school\', \'trust\', \'lender\')', name=op.f('ck_resource_owner_words')),
    sa.CheckConstraint('"replacement_p" >= 0', name=op.f('ck_resource_replacement_p_bounds')),
    sa.CheckConstraint('"retired_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_resource_retired_on_words')),
    sa.CheckConstraint('"return_by" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_resource_return_by_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_resource_code_bounds')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_resource_name_bounds')),
    sa.ForeignKeyConstraint(['owner_school_id'], ['school.id'], name=op.f('fk_resource_owner_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource')),
    sa.UniqueConstraint('code', name=op.f('uq_resource_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('resource', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_owner_school_id'), ['owner_school_id'], unique=False)

    op.create_table('wanted_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('raised_on', sa.Text(), nullable=False),
    sa.Column('filled_on', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"filled_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_wanted_item_filled_on_words')),
    sa.CheckConstraint('"quantity" BETWEEN 1 AND 10000', name=op.f('ck_wanted_item_quantity_bounds')),
    sa.CheckConstraint('"raised_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_wanted_item_raised_on_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_wanted_item_name_bounds')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_wanted_item_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wanted_item')),
    sa.UniqueConstraint('school_id', 'name', 'raised_on', name=op.f('uq_wanted_item_school_id_name_raised_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('wanted_item', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_wanted_item_school_id'), ['school_id'], unique=False)

    op.create_table('action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('owner_school_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Text(), nullable=True),
    sa.Column('done_on', sa.Text(), nullable=True),
    sa.Column('dropped_on', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"done_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_action_done_on_words')),
    sa.CheckConstraint('"dropped_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_action_dropped_on_words')),
    sa.CheckConstraint('"due_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_action_due_on_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_action_code_bounds')),
    sa.CheckConstraint('length("what") > 0', name=op.f('ck_action_what_bounds')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_action_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_action_owner_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['owner_school_id'], ['school.id'], name=op.f('fk_action_owner_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    sa.UniqueConstraint('code', name=op.f('uq_action_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('action', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_owner_school_id'), ['owner_school_id'], unique=False)

    op.create_table('activity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('three_e', sa.Text(), nullable=True),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('people_count', sa.Integer(), nullable=True),
    sa.Column('pupil_premium', sa.Integer(), nullable=False),
    sa.Column('sen', sa.Integer(), nullable=False),
    sa.Column('gender', sa.Integer(), nullable=False),
    sa.Column('minorities', sa.Integer(), nullable=False),
    sa.Column('family', sa.Integer(), nullable=False),
    sa.Column('primary_side', sa.Text(), nullable=False),
    sa.Column('secondary_side', sa.Text(), nullable=False),
    sa.Column('pedagogy', sa.Text(), nullable=False),
    sa.CheckConstraint('"audience" IN (\'universal\', \'targeted\')', name=op.f('ck_activity_audience_words')),
    sa.CheckConstraint('"family" IN (0, 1)', name=op.f('ck_activity_family_words')),
    sa.CheckConstraint('"gender" IN (0, 1)', name=op.f('ck_activity_gender_words')),
    sa.CheckConstraint('"kind" IN (\'transition\', \'dissemination\', \'celebration\', \'visit\', \'family\', \'practice\', \'other\')', name=op.f('ck_activity_kind_words')),
    sa.CheckConstraint('"minorities" IN (0, 1)', name=op.f('ck_activity_minorities_words')),
    sa.CheckConstraint('"on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_activity_on_words')),
    sa.CheckConstraint('"people_count" BETWEEN 0 AND 1000000', name=op.f('ck_activity_people_count_bounds')),
    sa.CheckConstraint('"pupil_premium" IN (0, 1)', name=op.f('ck_activity_pupil_premium_words')),
    sa.CheckConstraint('"sen" IN (0, 1)', name=op.f('ck_activity_sen_words')),
    sa.CheckConstraint('"three_e" IN (\'engaging\', \'enabling\', \'empowering\')', name=op.f('ck_activity_three_e_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_activity_code_bounds')),
    sa.CheckConstraint('length("title") > 0', name=op.f('ck_activity_title_bounds')),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_activity_partner_id_partner'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_activity_project_id_project'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity')),
    sa.UniqueConstraint('code', name=op.f('uq_activity_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('activity', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_partner_id'), ['partner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_project_id'), ['project_id'], unique=False)

    op.create_table('adoption',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('staff_using', sa.Integer(), nullable=True),
    sa.Column('staff_total', sa.Integer(), nullable=True),
    sa.Column('beyond_attendees', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Text(), nullable=True),
    sa.CheckConstraint('"as_of" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_adoption_as_of_words')),
    sa.CheckConstraint('"beyond_attendees" IN (0, 1)', name=op.f('ck_adoption_beyond_attendees_words')),
    sa.CheckConstraint('"level" IN (\'not_started\', \'some\', \'all\')', name=op.f('ck_adoption_level_words')),
    sa.CheckConstraint('"staff_total" BETWEEN 0 AND 1000', name=op.f('ck_adoption_staff_total_bounds')),
    sa.CheckConstraint('"staff_using" BETWEEN 0 AND 1000', name=op.f('ck_adoption_staff_using_bounds')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_adoption_resource_id_resource'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_adoption_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption')),
    sa.UniqueConstraint('resource_id', 'school_id', name=op.f('uq_adoption_resource_id_school_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('adoption', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_school_id'), ['school_id'], unique=False)

    op.create_table('agenda_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('recurring', sa.Integer(), nullable=False),
    sa.Column('carried_from_id', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.CheckConstraint('"position" BETWEEN 0 AND 1000000', name=op.f('ck_agenda_item_position_bounds')),
    sa.CheckConstraint('"recurring" IN (0, 1)', name=op.f('ck_agenda_item_recurring_words')),
    sa.CheckConstraint('"state" IN (\'open\', \'discussed\', \'dropped\')', name=op.f('ck_agenda_item_state_words')),
    sa.CheckConstraint('length("title") > 0', name=op.f('ck_agenda_item_title_bounds')),
    sa.ForeignKeyConstraint(['carried_from_id'], ['agenda_item.id'], name=op.f('fk_agenda_item_carried_from_id_agenda_item'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_agenda_item_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['school.id'], name=op.f('fk_agenda_item_proposed_by_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item')),
    sa.UniqueConstraint('meeting_id', 'title', name=op.f('uq_agenda_item_meeting_id_title')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('agenda_item', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_item_carried_from_id'), ['carried_from_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_item_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_item_proposed_by_id'), ['proposed_by_id'], unique=False)

    op.create_table('approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('amount_p', sa.Integer(), nullable=True),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Text(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint("state = 'pending' OR decided_on IS NOT NULL", name=op.f('ck_approval_decided')),
    sa.CheckConstraint('"amount_p" >= 0', name=op.f('ck_approval_amount_p_bounds')),
    sa.CheckConstraint('"asked_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_approval_asked_on_words')),
    sa.CheckConstraint('"decided_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_approval_decided_on_words')),
    sa.CheckConstraint('"kind" IN (\'extra_time\', \'travel\', \'psqm\', \'membership\', \'other\')', name=op.f('ck_approval_kind_words')),
    sa.CheckConstraint('"state" IN (\'pending\', \'approved\', \'declined\')', name=op.f('ck_approval_state_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_approval_code_bounds')),
    sa.CheckConstraint('length("question") > 0', name=op.f('ck_approval_question_bounds')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_approval_decided_by_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_approval_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval')),
    sa.UniqueConstraint('code', name=op.f('uq_approval_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('approval', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_approval_school_id'), ['school_id'], unique=False)

    op.create_table('attendance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('release_method', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"code" IN (\'P\', \'S\', \'A\', \'N\')', name=op.f('ck_attendance_code_words')),
    sa.CheckConstraint('"release_method" IN (\'agency\', \'supply\', \'hlta\', \'internal\', \'head\', \'tlr\', \'none\')', name=op.f('ck_attendance_release_method_words')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attendance_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_attendance_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('meeting_id', 'school_id', 'person_id', name=op.f('uq_attendance_meeting_id_school_id_person_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('attendance', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_school_id'), ['school_id'], unique=False)
        batch_op.create_index('uq_attendance_nobody', ['meeting_id', 'school_id'], unique=True, sqlite_where=sa.text('person_id IS NULL'))

    op.create_table('budget_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('direction', sa.Text(), nullable=False),
    sa.Column('heading', sa.Text(), nullable=False),
    sa.Column('planned_p', sa.Integer(), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.CheckConstraint('"direction" IN (\'in\', \'out\')', name=op.f('ck_budget_line_direction_words')),
    sa.CheckConstraint('"heading" IN (\'grant\', \'school_contribution\', \'gift\', \'other_income\', \'project_release\', \'cpd\', \'resources\', \'extra_time\', \'lead_time\', \'administration\', \'travel\', \'psqm\', \'events\', \'other_cost\')', name=op.f('ck_budget_line_heading_words')),
    sa.CheckConstraint('"planned_p" >= 0', name=op.f('ck_budget_line_planned_p_bounds')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_budget_line_school_year_bounds')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_budget_line_fund_id_fund'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_budget_line')),
    sa.UniqueConstraint('fund_id', 'school_year', 'direction', 'heading', name=op.f('uq_budget_line_fund_id_school_year_direction_heading')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('budget_line', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_budget_line_fund_id'), ['fund_id'], unique=False)

    op.create_table('contact_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('told_advisor_on', sa.Text(), nullable=True),
    sa.Column('closed_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"closed_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_contact_log_closed_on_words')),
    sa.CheckConstraint('"kind" IN (\'encouragement\', \'advisor_discussion\', \'problem\', \'other\')', name=op.f('ck_contact_log_kind_words')),
    sa.CheckConstraint('"on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_contact_log_on_words')),
    sa.CheckConstraint('"told_advisor_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_contact_log_told_advisor_on_words')),
    sa.CheckConstraint('length("summary") > 0', name=op.f('ck_contact_log_summary_bounds')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contact_log_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_contact_log_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_log')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('contact_log', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_log_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_log_school_id'), ['school_id'], unique=False)

    op.create_table('cover_claim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('cover_on', sa.Text(), nullable=False),
    sa.Column('half_day', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('cost_p', sa.Integer(), nullable=False),
    sa.Column('vat_p', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('evidence_ref', sa.Text(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=True),
    sa.Column('claimant_id', sa.Integer(), nullable=True),
    sa.Column('claimed_on', sa.Text(), nullable=True),
    sa.Column('approver_id', sa.Integer(), nullable=True),
    sa.Column('approved_on', sa.Text(), nullable=True),
    sa.Column('approved_p', sa.Integer(), nullable=True),
    sa.Column('paid_on', sa.Text(), nullable=True),
    sa.Column('paid_ref', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('override_reason', sa.Text(), nullable=False),
    sa.Column('reverses_id', sa.Integer(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint("state <> 'paid' OR (paid_on IS NOT NULL AND length(paid_ref) > 0)", name=op.f('ck_cover_claim_paid')),
    sa.CheckConstraint('"approved_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_cover_claim_approved_on_words')),
    sa.CheckConstraint('"claimed_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_cover_claim_claimed_on_words')),
    sa.CheckConstraint('"cover_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_cover_claim_cover_on_words')),
    sa.CheckConstraint('"half_day" IN (\'am\', \'pm\', \'day\')', name=op.f('ck_cover_claim_half_day_words')),
    sa.CheckConstraint('"method" IN (\'agency\', \'supply\', \'hlta\', \'internal\', \'head\', \'tlr\', \'none\')', name=op.f('ck_cover_claim_method_words')),
    sa.CheckConstraint('"paid_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_cover_claim_paid_on_words')),
    sa.CheckConstraint('"purpose" IN (\'full_cluster\', \'sub_group\', \'project\', \'cpd\', \'trip\')', name=op.f('ck_cover_claim_purpose_words')),
    sa.CheckConstraint('"state" IN (\'draft\', \'submitted\', \'returned\', \'approved\', \'paid\', \'rejected\', \'withdrawn\')', name=op.f('ck_cover_claim_state_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_cover_claim_code_bounds')),
    sa.CheckConstraint('reverses_id IS NOT NULL OR (cost_p >= 0 AND vat_p >= 0)', name=op.f('ck_cover_claim_sign')),
    sa.ForeignKeyConstraint(['approver_id'], ['person.id'], name=op.f('fk_cover_claim_approver_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['claimant_id'], ['person.id'], name=op.f('fk_cover_claim_claimant_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_cover_claim_fund_id_fund'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_cover_claim_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_cover_claim_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['reverses_id'], ['cover_claim.id'], name=op.f('fk_cover_claim_reverses_id_cover_claim'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_cover_claim_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cover_claim')),
    sa.UniqueConstraint('code', name=op.f('uq_cover_claim_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('cover_claim', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_cover_claim_approver_id'), ['approver_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cover_claim_claimant_id'), ['claimant_id'], unique=False)
        batch_op.create_index('ix_cover_claim_cover_on', ['cover_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_cover_claim_fund_id'), ['fund_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cover_claim_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cover_claim_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cover_claim_reverses_id'), ['reverses_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cover_claim_school_id'), ['school_id'], unique=False)
        batch_op.create_index('uq_cover_claim_person_half_day', ['person_id', 'cover_on', 'half_day'], unique=True, sqlite_where=sa.text("reverses_id IS NULL AND state NOT IN ('rejected', 'withdrawn', 'paid')"))

    op.create_table('cpd_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Text(), nullable=False),
    sa.Column('starts_at', sa.Text(), nullable=True),
    sa.Column('ends_at', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('provider_kind', sa.Text(), nullable=False),
    sa.Column('vat_registered', sa.Integer(), nullable=False),
    sa.Column('fee_p', sa.Integer(), nullable=False),
    sa.Column('vat_p', sa.Integer(), nullable=False),
    sa.Column('sessions', sa.Integer(), nullable=False),
    sa.Column('excess_split', sa.Text(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('need', sa.Text(), nullable=False),
    sa.Column('outcomes', sa.Text(), nullable=False),
    sa.Column('three_e', sa.Text(), nullable=True),
    sa.CheckConstraint('"ends_at" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_cpd_session_ends_at_words')),
    sa.CheckConstraint('"excess_split" IN (\'equal\', \'attending\', \'by_roll\')', name=op.f('ck_cpd_session_excess_split_words')),
    sa.CheckConstraint('"fee_p" >= 0', name=op.f('ck_cpd_session_fee_p_bounds')),
    sa.CheckConstraint('"held_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_cpd_session_held_on_words')),
    sa.CheckConstraint('"provider_kind" IN (\'fellow\', \'non_fellow\', \'other\')', name=op.f('ck_cpd_session_provider_kind_words')),
    sa.CheckConstraint('"sessions" BETWEEN 1 AND 50', name=op.f('ck_cpd_session_sessions_bounds')),
    sa.CheckConstraint('"starts_at" GLOB \'[0-2][0-9]:[0-5][0-9]\'', name=op.f('ck_cpd_session_starts_at_words')),
    sa.CheckConstraint('"status" IN (\'planned\', \'held\', \'cancelled\')', name=op.f('ck_cpd_session_status_words')),
    sa.CheckConstraint('"three_e" IN (\'engaging\', \'enabling\', \'empowering\')', name=op.f('ck_cpd_session_three_e_words')),
    sa.CheckConstraint('"vat_p" >= 0', name=op.f('ck_cpd_session_vat_p_bounds')),
    sa.CheckConstraint('"vat_registered" IN (0, 1)', name=op.f('ck_cpd_session_vat_registered_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_cpd_session_code_bounds')),
    sa.CheckConstraint('length("title") > 0', name=op.f('ck_cpd_session_title_bounds')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_cpd_session_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cpd_session')),
    sa.UniqueConstraint('code', name=op.f('uq_cpd_session_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('cpd_session', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_cpd_session_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_decision_code_bounds')),
    sa.CheckConstraint('length("text") > 0', name=op.f('ck_decision_text_bounds')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_decision_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('code', name=op.f('uq_decision_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('decision', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('development_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('support', sa.Text(), nullable=False),
    sa.Column('review_on', sa.Text(), nullable=True),
    sa.Column('reviewed_on', sa.Text(), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.CheckConstraint('"review_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_development_plan_review_on_words')),
    sa.CheckConstraint('"reviewed_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_development_plan_reviewed_on_words')),
    sa.CheckConstraint('length("goal") > 0', name=op.f('ck_development_plan_goal_bounds')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_development_plan_person_id_person'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_development_plan')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('development_plan', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_development_plan_person_id'), ['person_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_invitation_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_invitation_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('meeting_id', 'school_id', name=op.f('uq_invitation_meeting_id_school_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('invitation', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_school_id'), ['school_id'], unique=False)

    op.create_table('kit_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('consumable', sa.Integer(), nullable=False),
    sa.Column('unit_cost_p', sa.Integer(), nullable=True),
    sa.CheckConstraint('"consumable" IN (0, 1)', name=op.f('ck_kit_item_consumable_words')),
    sa.CheckConstraint('"position" BETWEEN 0 AND 1000000', name=op.f('ck_kit_item_position_bounds')),
    sa.CheckConstraint('"quantity" BETWEEN 1 AND 10000', name=op.f('ck_kit_item_quantity_bounds')),
    sa.CheckConstraint('"unit_cost_p" >= 0', name=op.f('ck_kit_item_unit_cost_p_bounds')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_kit_item_name_bounds')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_kit_item_resource_id_resource'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kit_item')),
    sa.UniqueConstraint('resource_id', 'name', name=op.f('uq_kit_item_resource_id_name')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('kit_item', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_kit_item_resource_id'), ['resource_id'], unique=False)

    op.create_table('loan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Text(), nullable=False),
    sa.Column('out_on', sa.Text(), nullable=True),
    sa.Column('back_on', sa.Text(), nullable=True),
    sa.Column('cancelled_on', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"back_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_loan_back_on_words')),
    sa.CheckConstraint('"cancelled_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_loan_cancelled_on_words')),
    sa.CheckConstraint('"due_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_loan_due_on_words')),
    sa.CheckConstraint('"out_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_loan_out_on_words')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_loan_starts_on_words')),
    sa.CheckConstraint('back_on >= out_on', name=op.f('ck_loan_back')),
    sa.CheckConstraint('due_on >= starts_on', name=op.f('ck_loan_order')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_loan_code_bounds')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_loan_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_loan_resource_id_resource'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_loan_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan')),
    sa.UniqueConstraint('code', name=op.f('uq_loan_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('loan', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_loan_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loan_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loan_school_id'), ['school_id'], unique=False)

    op.create_table('project_school',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_school_project_id_project'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_project_school_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_school')),
    sa.UniqueConstraint('project_id', 'school_id', name=op.f('uq_project_school_project_id_school_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('project_school', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_school_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_project_school_school_id'), ['school_id'], unique=False)

    op.create_table('resource_tag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.CheckConstraint('"kind" IN (\'year_group\', \'unit\', \'enquiry_type\', \'enquiry_skill\', \'focus_area\', \'keyword\')', name=op.f('ck_resource_tag_kind_words')),
    sa.CheckConstraint('length("value") > 0', name=op.f('ck_resource_tag_value_bounds')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_tag_resource_id_resource'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_tag')),
    sa.UniqueConstraint('resource_id', 'kind', 'value', name=op.f('uq_resource_tag_resource_id_kind_value')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('resource_tag', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_tag_resource_id'), ['resource_id'], unique=False)

    op.create_table('role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.Column('ends_on', sa.Text(), nullable=True),
    sa.Column('handover_note', sa.Text(), nullable=False),
    sa.CheckConstraint('"ends_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_role_ends_on_words')),
    sa.CheckConstraint('"kind" IN (\'cluster_lead\', \'ssl\', \'headteacher\', \'advisor\', \'director\', \'steering_chair\', \'steering_member\', \'finance\', \'influencer\', \'lead_teacher\', \'teacher\')', name=op.f('ck_role_kind_words')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_role_starts_on_words')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_role_order')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_role_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role')),
    sa.UniqueConstraint('person_id', 'kind', 'school_id', 'starts_on', name=op.f('uq_role_person_id_kind_school_id_starts_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('role', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_school_id'), ['school_id'], unique=False)

    op.create_table('stock_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('checked_on', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('found', sa.Integer(), nullable=False),
    sa.Column('complete', sa.Integer(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"checked_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_stock_check_checked_on_words')),
    sa.CheckConstraint('"complete" IN (0, 1)', name=op.f('ck_stock_check_complete_words')),
    sa.CheckConstraint('"found" IN (0, 1)', name=op.f('ck_stock_check_found_words')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_stock_check_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_stock_check_resource_id_resource'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_check')),
    sa.UniqueConstraint('resource_id', 'checked_on', name=op.f('uq_stock_check_resource_id_checked_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('stock_check', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_stock_check_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stock_check_resource_id'), ['resource_id'], unique=False)

    op.create_table('strength',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"kind" IN (\'offer\', \'ask\')', name=op.f('ck_strength_kind_words')),
    sa.CheckConstraint('length("topic") > 0', name=op.f('ck_strength_topic_bounds')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_strength_person_id_person'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_strength')),
    sa.UniqueConstraint('person_id', 'kind', 'topic', name=op.f('uq_strength_person_id_kind_topic')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('strength', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_strength_person_id'), ['person_id'], unique=False)

    op.create_table('trial',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('class_name', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Text(), nullable=False),
    sa.Column('ends_on', sa.Text(), nullable=True),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('finding', sa.Text(), nullable=False),
    sa.CheckConstraint('"ends_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_trial_ends_on_words')),
    sa.CheckConstraint('"starts_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_trial_starts_on_words')),
    sa.CheckConstraint('"verdict" IN (\'running\', \'adopt\', \'drop\')', name=op.f('ck_trial_verdict_words')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_trial_person_id_person'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_trial_resource_id_resource'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_trial_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trial')),
    sa.UniqueConstraint('resource_id', 'school_id', 'starts_on', name=op.f('uq_trial_resource_id_school_id_starts_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('trial', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_trial_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_trial_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_trial_school_id'), ['school_id'], unique=False)

    op.create_table('trust_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=True),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('requested_on', sa.Text(), nullable=False),
    sa.Column('received_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"copies" BETWEEN 1 AND 100', name=op.f('ck_trust_request_copies_bounds')),
    sa.CheckConstraint('"received_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_trust_request_received_on_words')),
    sa.CheckConstraint('"requested_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_trust_request_requested_on_words')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_trust_request_name_bounds')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_trust_request_resource_id_resource'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_trust_request_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trust_request')),
    sa.UniqueConstraint('name', 'school_id', 'requested_on', name=op.f('uq_trust_request_name_school_id_requested_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('trust_request', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_trust_request_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_trust_request_school_id'), ['school_id'], unique=False)

    op.create_table('year_close',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('closed_on', sa.Text(), nullable=False),
    sa.Column('closing_p', sa.Integer(), nullable=False),
    sa.Column('reopened_on', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint('"closed_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_year_close_closed_on_words')),
    sa.CheckConstraint('"reopened_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_year_close_reopened_on_words')),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_year_close_school_year_bounds')),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_year_close_fund_id_fund'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_year_close')),
    sa.UniqueConstraint('fund_id', 'school_year', 'closed_on', name=op.f('uq_year_close_fund_id_school_year_closed_on')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('year_close', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_year_close_fund_id'), ['fund_id'], unique=False)

    op.create_table('year_taught',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('year_group', sa.Text(), nullable=False),
    sa.CheckConstraint('"school_year" BETWEEN 1990 AND 2099', name=op.f('ck_year_taught_school_year_bounds')),
    sa.CheckConstraint('length("year_group") > 0', name=op.f('ck_year_taught_year_group_bounds')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_year_taught_person_id_person'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_year_taught')),
    sa.UniqueConstraint('person_id', 'school_year', 'year_group', name=op.f('uq_year_taught_person_id_school_year_year_group')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('year_taught', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_year_taught_person_id'), ['person_id'], unique=False)

    op.create_table('activity_school',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activity_school_activity_id_activity'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_activity_school_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_school')),
    sa.UniqueConstraint('activity_id', 'school_id', name=op.f('uq_activity_school_activity_id_school_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('activity_school', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_school_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_school_school_id'), ['school_id'], unique=False)

    op.create_table('claim_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint('"on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_claim_event_on_words')),
    sa.CheckConstraint('"state" IN (\'draft\', \'submitted\', \'returned\', \'approved\', \'paid\', \'rejected\', \'withdrawn\')', name=op.f('ck_claim_event_state_words')),
    sa.CheckConstraint('length("words") > 0', name=op.f('ck_claim_event_words_bounds')),
    sa.ForeignKeyConstraint(['claim_id'], ['cover_claim.id'], name=op.f('fk_claim_event_claim_id_cover_claim'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_claim_event_person_id_person'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim_event')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('claim_event', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_claim_event_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_event_person_id'), ['person_id'], unique=False)

    op.create_table('cpd_booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cpd_session_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('attended', sa.Integer(), nullable=False),
    sa.Column('shared_on', sa.Text(), nullable=True),
    sa.Column('shared_with', sa.Integer(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"attended" IN (0, 1)', name=op.f('ck_cpd_booking_attended_words')),
    sa.CheckConstraint('"shared_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_cpd_booking_shared_on_words')),
    sa.CheckConstraint('"shared_with" BETWEEN 0 AND 1000', name=op.f('ck_cpd_booking_shared_with_bounds')),
    sa.ForeignKeyConstraint(['cpd_session_id'], ['cpd_session.id'], name=op.f('fk_cpd_booking_cpd_session_id_cpd_session'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_cpd_booking_person_id_person'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cpd_booking')),
    sa.UniqueConstraint('cpd_session_id', 'person_id', name=op.f('uq_cpd_booking_cpd_session_id_person_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('cpd_booking', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_cpd_booking_cpd_session_id'), ['cpd_session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cpd_booking_person_id'), ['person_id'], unique=False)

    op.create_table('cpd_evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cpd_session_id', sa.Integer(), nullable=False),
    sa.Column('slip', sa.Integer(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('outcomes_met', sa.Text(), nullable=True),
    sa.Column('useful', sa.Integer(), nullable=True),
    sa.Column('relevant', sa.Integer(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('quotable', sa.Integer(), nullable=False),
    sa.CheckConstraint('"outcomes_met" IN (\'yes\', \'part\', \'no\')', name=op.f('ck_cpd_evaluation_outcomes_met_words')),
    sa.CheckConstraint('"quotable" IN (0, 1)', name=op.f('ck_cpd_evaluation_quotable_words')),
    sa.CheckConstraint('"rating" BETWEEN 1 AND 5', name=op.f('ck_cpd_evaluation_rating_bounds')),
    sa.CheckConstraint('"relevant" IN (0, 1)', name=op.f('ck_cpd_evaluation_relevant_words')),
    sa.CheckConstraint('"respondent" IN (\'leader\', \'other_teacher\')', name=op.f('ck_cpd_evaluation_respondent_words')),
    sa.CheckConstraint('"slip" BETWEEN 1 AND 1000', name=op.f('ck_cpd_evaluation_slip_bounds')),
    sa.CheckConstraint('"useful" IN (0, 1)', name=op.f('ck_cpd_evaluation_useful_words')),
    sa.ForeignKeyConstraint(['cpd_session_id'], ['cpd_session.id'], name=op.f('fk_cpd_evaluation_cpd_session_id_cpd_session'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cpd_evaluation')),
    sa.UniqueConstraint('cpd_session_id', 'slip', name=op.f('uq_cpd_evaluation_cpd_session_id_slip')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('cpd_evaluation', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_cpd_evaluation_cpd_session_id'), ['cpd_session_id'], unique=False)

    op.create_table('fund_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('fund_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('direction', sa.Text(), nullable=False),
    sa.Column('heading', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('amount_p', sa.Integer(), nullable=False),
    sa.Column('vat_p', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('payee', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('approval_id', sa.Integer(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('cpd_session_id', sa.Integer(), nullable=True),
    sa.Column('resource_id', sa.Integer(), nullable=True),
    sa.Column('paid_ref', sa.Text(), nullable=False),
    sa.Column('reverses_id', sa.Integer(), nullable=True),
    sa.Column('override_reason', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.CheckConstraint('"amount_p" >= 0', name=op.f('ck_fund_entry_amount_p_bounds')),
    sa.CheckConstraint('"direction" IN (\'in\', \'out\')', name=op.f('ck_fund_entry_direction_words')),
    sa.CheckConstraint('"heading" IN (\'grant\', \'school_contribution\', \'gift\', \'other_income\', \'project_release\', \'cpd\', \'resources\', \'extra_time\', \'lead_time\', \'administration\', \'travel\', \'psqm\', \'events\', \'other_cost\')', name=op.f('ck_fund_entry_heading_words')),
    sa.CheckConstraint('"on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_fund_entry_on_words')),
    sa.CheckConstraint('"state" IN (\'planned\', \'paid\')', name=op.f('ck_fund_entry_state_words')),
    sa.CheckConstraint('"vat_p" >= 0', name=op.f('ck_fund_entry_vat_p_bounds')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_fund_entry_code_bounds')),
    sa.CheckConstraint('length("description") > 0', name=op.f('ck_fund_entry_description_bounds')),
    sa.CheckConstraint('vat_p <= amount_p', name=op.f('ck_fund_entry_vat')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_fund_entry_approval_id_approval'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['claim_id'], ['cover_claim.id'], name=op.f('fk_fund_entry_claim_id_cover_claim'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['cpd_session_id'], ['cpd_session.id'], name=op.f('fk_fund_entry_cpd_session_id_cpd_session'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_fund_entry_decision_id_decision'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['fund_id'], ['fund.id'], name=op.f('fk_fund_entry_fund_id_fund'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_fund_entry_resource_id_resource'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['reverses_id'], ['fund_entry.id'], name=op.f('fk_fund_entry_reverses_id_fund_entry'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_fund_entry_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund_entry')),
    sa.UniqueConstraint('code', name=op.f('uq_fund_entry_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('fund_entry', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_fund_entry_approval_id'), ['approval_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_cpd_session_id'), ['cpd_session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_decision_id'), ['decision_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_fund_id'), ['fund_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_reverses_id'), ['reverses_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_school_id'), ['school_id'], unique=False)

    op.create_table('loan_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('loan_id', sa.Integer(), nullable=False),
    sa.Column('kit_item_id', sa.Integer(), nullable=False),
    sa.Column('out_quantity', sa.Integer(), nullable=False),
    sa.Column('in_quantity', sa.Integer(), nullable=True),
    sa.Column('damaged', sa.Integer(), nullable=False),
    sa.Column('charge_p', sa.Integer(), nullable=False),
    sa.Column('charged_to', sa.Text(), nullable=True),
    sa.Column('replaced_on', sa.Text(), nullable=True),
    sa.CheckConstraint('"charge_p" >= 0', name=op.f('ck_loan_line_charge_p_bounds')),
    sa.CheckConstraint('"charged_to" IN (\'school\', \'pot\')', name=op.f('ck_loan_line_charged_to_words')),
    sa.CheckConstraint('"damaged" BETWEEN 0 AND 10000', name=op.f('ck_loan_line_damaged_bounds')),
    sa.CheckConstraint('"in_quantity" BETWEEN 0 AND 10000', name=op.f('ck_loan_line_in_quantity_bounds')),
    sa.CheckConstraint('"out_quantity" BETWEEN 0 AND 10000', name=op.f('ck_loan_line_out_quantity_bounds')),
    sa.CheckConstraint('"replaced_on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_loan_line_replaced_on_words')),
    sa.CheckConstraint('in_quantity <= out_quantity', name=op.f('ck_loan_line_counts')),
    sa.ForeignKeyConstraint(['kit_item_id'], ['kit_item.id'], name=op.f('fk_loan_line_kit_item_id_kit_item'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_loan_line_loan_id_loan'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_line')),
    sa.UniqueConstraint('loan_id', 'kit_item_id', name=op.f('uq_loan_line_loan_id_kit_item_id')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('loan_line', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_loan_line_kit_item_id'), ['kit_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_loan_line_loan_id'), ['loan_id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('fund_entry_id', sa.Integer(), nullable=True),
    sa.Column('approval_id', sa.Integer(), nullable=True),
    sa.Column('resource_id', sa.Integer(), nullable=True),
    sa.Column('caption', sa.Text(), nullable=False),
    sa.CheckConstraint('"size" BETWEEN 0 AND 10000000', name=op.f('ck_attachment_size_bounds')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_attachment_code_bounds')),
    sa.CheckConstraint('length("media_type") > 0', name=op.f('ck_attachment_media_type_bounds')),
    sa.CheckConstraint('length("name") > 0', name=op.f('ck_attachment_name_bounds')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_attachment_approval_id_approval'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['claim_id'], ['cover_claim.id'], name=op.f('fk_attachment_claim_id_cover_claim'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['fund_entry_id'], ['fund_entry.id'], name=op.f('fk_attachment_fund_entry_id_fund_entry'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attachment_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_attachment_resource_id_resource'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['sha256'], ['blob.sha256'], name=op.f('fk_attachment_sha256_blob'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('code', name=op.f('uq_attachment_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('attachment', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_approval_id'), ['approval_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_fund_entry_id'), ['fund_entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_sha256'), ['sha256'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('on', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_whom', sa.Text(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('reach', sa.Text(), nullable=True),
    sa.Column('permission', sa.Text(), nullable=True),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('cpd_session_id', sa.Integer(), nullable=True),
    sa.Column('resource_id', sa.Integer(), nullable=True),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('fund_entry_id', sa.Integer(), nullable=True),
    sa.Column('in_pack', sa.Integer(), nullable=False),
    sa.CheckConstraint('"in_pack" IN (0, 1)', name=op.f('ck_evidence_in_pack_words')),
    sa.CheckConstraint('"kind" IN (\'words\', \'quote\', \'photo\', \'file\')', name=op.f('ck_evidence_kind_words')),
    sa.CheckConstraint('"on" GLOB \'[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]\'', name=op.f('ck_evidence_on_words')),
    sa.CheckConstraint('"permission" IN (\'public_task\', \'consent\', \'no_people\', \'refused\')', name=op.f('ck_evidence_permission_words')),
    sa.CheckConstraint('"reach" IN (\'self\', \'staff\', \'whole_school\', \'cluster\', \'other_schools\')', name=op.f('ck_evidence_reach_words')),
    sa.CheckConstraint('length("code") > 0', name=op.f('ck_evidence_code_bounds')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_evidence_attachment_id_attachment'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['cpd_session_id'], ['cpd_session.id'], name=op.f('fk_evidence_cpd_session_id_cpd_session'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['fund_entry_id'], ['fund_entry.id'], name=op.f('fk_evidence_fund_entry_id_fund_entry'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_evidence_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_evidence_project_id_project'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_evidence_resource_id_resource'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_evidence_school_id_school'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('code', name=op.f('uq_evidence_code')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('evidence', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_attachment_id'), ['attachment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_cpd_session_id'), ['cpd_session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_fund_entry_id'), ['fund_entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_school_id'), ['school_id'], unique=False)

    op.create_table('aim_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('aim_id', sa.Integer(), nullable=True),
    sa.Column('focus_area_id', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('cpd_session_id', sa.Integer(), nullable=True),
    sa.Column('resource_id', sa.Integer(), nullable=True),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('fund_entry_id', sa.Integer(), nullable=True),
    sa.Column('evidence_id', sa.Integer(), nullable=True),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(aim_id IS NULL) + (focus_area_id IS NULL) = 1', name=op.f('ck_aim_link_one_aim')),
    sa.CheckConstraint('(meeting_id IS NULL) + (cpd_session_id IS NULL) + (resource_id IS NULL) + (project_id IS NULL) + (fund_entry_id IS NULL) + (evidence_id IS NULL) + (activity_id IS NULL) = 6', name=op.f('ck_aim_link_one_thing')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_aim_link_activity_id_activity'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['aim_id'], ['aim.id'], name=op.f('fk_aim_link_aim_id_aim'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['cpd_session_id'], ['cpd_session.id'], name=op.f('fk_aim_link_cpd_session_id_cpd_session'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_aim_link_evidence_id_evidence'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['focus_area_id'], ['focus_area.id'], name=op.f('fk_aim_link_focus_area_id_focus_area'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['fund_entry_id'], ['fund_entry.id'], name=op.f('fk_aim_link_fund_entry_id_fund_entry'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_aim_link_meeting_id_meeting'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_aim_link_project_id_project'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_aim_link_resource_id_resource'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aim_link')),
    sqlite_autoincrement=True,
    sqlite_strict=True
    )
    with op.batch_alter_table('aim_link', table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}) as batch_op:
        batch_op.create_index(batch_op.f('ix_aim_link_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_aim_id'), ['aim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_cpd_session_id'), ['cpd_session_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_focus_area_id'), ['focus_area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_fund_entry_id'), ['fund_entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_aim_link_resource_id'), ['resource_id'], unique=False)

