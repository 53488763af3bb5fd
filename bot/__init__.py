"""The running program: the only code that waits, sends, sleeps, or reads a clock."""
