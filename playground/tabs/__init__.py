"""One module a tab: its question, its components and events, no arithmetic."""
