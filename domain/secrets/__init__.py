"""What nobody should keep of a text: where card numbers, codes and passwords stand in it, and what names a person."""
