"""Lists of people to be looked after: who is out of work on a day, and who may be losing it."""
