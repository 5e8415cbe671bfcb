"""The tabs of goals and measures, and their files."""
