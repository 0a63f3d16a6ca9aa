"""The resource bank: what is shared, who has it, what is tried, used, wanted and counted."""
