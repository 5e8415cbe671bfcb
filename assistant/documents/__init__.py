"""From source files to documents, passages, goals and measures."""
