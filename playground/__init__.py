"""The page: text in, numbers out, drawn. `ARCHITECTURE.md` says what may import what."""
