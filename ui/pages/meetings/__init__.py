"""Meetings: the year by term, and of each meeting its details, agenda, register, actions and CPD."""
