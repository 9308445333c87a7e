"""The platform with a demonstration of one row and one file, so that starting it is tried in seconds."""
