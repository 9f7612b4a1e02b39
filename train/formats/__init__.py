"""What other tools read: the layout of a Transformer translator's files in their formats."""
