"""A prize that was won, as its winner meets it: the way to the prize, what to do next, what is said to be done, reminders."""
