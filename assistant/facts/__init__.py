"""What a document says: goals and results as rows, measures as a tree, and how rows stand to each other."""
