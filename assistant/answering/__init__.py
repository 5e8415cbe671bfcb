"""Questions to answers: understand, gather evidence, quote it or refuse."""
