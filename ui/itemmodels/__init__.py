"""Tables as data: columns described once, one model for all of them, and a sort that compares real values."""
