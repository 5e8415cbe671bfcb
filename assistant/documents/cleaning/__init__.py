"""Mend a text: encodings gone wrong, glued-in readings, site furniture; each change with a map to the file."""
