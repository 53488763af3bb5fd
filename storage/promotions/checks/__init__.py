"""What `utys promotions check` examines."""
