"""The file's layouts, numbered, and the scripts that lead from each to the next.

To change the layout: change `models/tables/`, run `python -m models.store.migrations.make "What changes"`,
read the script it wrote, run `pytest tests/models/store`. While the newest script has not been released,
`python -m models.store.migrations.make --again` writes it anew instead of adding one. A script that has
been released is never changed: books out there carry its number.

Where a script makes a table anew, `op.batch_alter_table` needs the table's `table_kwargs`, or the table is no
longer STRICT, or gives out ids twice; `make` writes them, and an upgrade that loses them is undone.

A script may set `MAY_CHANGE = {"table"}` where rows or sums of money of that table change on purpose;
anywhere else the upgrade is undone if one does (safety 3.6).
"""
