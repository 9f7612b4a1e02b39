"""What several instruments read alike: a model opened, a text's tokens, surprisal, measurements."""
