"""What every recorded row was, who changed it, when and why (design decision 10)."""
