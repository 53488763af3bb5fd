"""How many chances a person has: purchases typed or sent, what-ifs, and how the result is told."""
