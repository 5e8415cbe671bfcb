"""The parts of a text: works of a compilation, headings and items, passages."""
