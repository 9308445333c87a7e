"""Management commands of places."""
