"""Parts of the chat page: what is written into it, and what keeps it safe."""
