"""What the documents hold for a question: hits, sentences, rows, each looked up once."""
