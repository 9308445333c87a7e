"""Who looked at what is masked: sensitive fields opened for a reason, and papers that tell of persons."""
