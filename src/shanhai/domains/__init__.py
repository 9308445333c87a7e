"""One package per chapter of the scheme; siblings never import each other."""
