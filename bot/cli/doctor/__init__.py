"""`utys doctor`: one finding for each thing that is examined."""
