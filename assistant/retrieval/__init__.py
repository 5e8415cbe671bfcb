"""From passages to hits: tokens and vectors, the index on disk, search."""
