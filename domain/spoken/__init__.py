"""Values and purchases as people write them."""
