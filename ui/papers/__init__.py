"""Papers in the window: shown, printed and saved; the everyday ones have a window of their own."""
