"""What is derived from a declaration, one module per surface. All read `fields.resolve` and nothing of each other."""
