"""Home: what needs doing now, how the year is going, how ready the pack is."""
