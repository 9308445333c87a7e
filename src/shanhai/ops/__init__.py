"""Command line, processes and PostgreSQL: what starts, supervises and stops an installation."""
