"""The version of Clusterbook; a test holds it to the one in pyproject.toml."""

VERSION = "0.1.0"
