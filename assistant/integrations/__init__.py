"""The assistant in the frameworks that people already use. Each module needs its framework and says how to get it."""
