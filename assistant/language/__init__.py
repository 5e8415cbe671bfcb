"""Every word of the field, once: units, numbers, years, places, polarity, marks, asking words, synonyms.

The rest of the package imports from here and keeps no list of its own: two lists of one notion drift apart.
"""
