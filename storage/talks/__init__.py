"""What is kept of conversations: history, questions, deliveries, parked events, and the purge."""
