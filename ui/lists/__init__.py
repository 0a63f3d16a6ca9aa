"""Lists of records with a filter, a detail panel and everything one does to a record."""
