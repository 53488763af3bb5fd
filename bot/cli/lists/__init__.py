"""`utys import`: an organiser's list is shown first and kept with --apply."""
