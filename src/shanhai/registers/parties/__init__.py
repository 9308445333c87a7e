"""Parties: units of both governments, enterprises and other bodies, persons."""
