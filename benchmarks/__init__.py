"""Comparisons, each one command that prints its figures."""
