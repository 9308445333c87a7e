"""The shell: frame, home, search, login; asks registries for what domains contribute."""
