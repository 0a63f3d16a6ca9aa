"""Reusable parts. They know no page, open no session, and show what they are given as plain text."""
