"""Rules of the chapter: values in, findings and figures out, no database."""
