"""Evidence 佐证: files by content, encrypted at rest, reached only through a row one may see (design decision 9)."""
