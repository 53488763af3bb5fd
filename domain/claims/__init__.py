"""A prize that somebody has won, from the first word to the hand-over: states, the plan of a promotion, what is due when."""
