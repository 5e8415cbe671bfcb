"""Serving to others: who may come in, from where, and how often. Nothing here knows the page or its questions."""
