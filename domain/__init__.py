"""What is true: pure rules about promotions, with no clock, network, file or chance in them."""
