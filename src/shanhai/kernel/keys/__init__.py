"""Keys of what is sealed, over time: where sealed values are, under which key, and how they get another.

Values of history keep the key they were written under: history is never rewritten (ADR 0021, 0030).
"""
