"""Palabre follows what states promise each other, with the words that say so."""

__version__ = "0.1.0"
