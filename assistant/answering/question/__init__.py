"""What a question asks: read once, with its parts and what it leaves to the turn before."""
