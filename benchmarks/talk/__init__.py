"""How well the bot understands what people write, scored by class on labelled lines."""
