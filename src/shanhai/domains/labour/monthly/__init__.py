"""务工就业月报: one month of a side, each number counted from rows and opening to exactly these."""
