"""Questions: what can be asked of the book. Answers are frozen; window and paper read the same (R-REV-7)."""
