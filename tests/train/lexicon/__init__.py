"""Dictionaries, forms of words, and the frames that show them."""
