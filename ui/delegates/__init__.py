"""Stateless painters of table cells: a base paints the row, each delegate only its own cell (E14)."""
