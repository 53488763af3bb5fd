"""The way of a message to its provider: the outbox, rate limits, retries and the limit of what is in flight."""
