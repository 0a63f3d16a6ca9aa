"""Forms made from Drafts: one description of a field serves workbook, form and history."""
