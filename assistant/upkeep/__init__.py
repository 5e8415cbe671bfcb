"""Installed, tried, followed, kept: what a bureau needs around the assistant itself."""
