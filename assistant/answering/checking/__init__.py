"""The guarantee that every answer passes, and what it stands on."""
