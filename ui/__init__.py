"""The window: Qt, and nothing but Qt. Imports models and reports; nothing imports it but main.py."""
