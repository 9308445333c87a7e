"""What is derived from a declaration: lists, pages, forms, bulk work. All read `fields.resolve`."""
