"""What goes on while the program runs: intake, decisions, events that failed, several processes, duties."""
