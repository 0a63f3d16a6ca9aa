"""Dialogs: a typed value in, a typed value out. They know no page and open no session."""
