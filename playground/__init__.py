"""The page: text in, numbers out, drawn. One direction: tabs -> explain, tabs -> plots."""
