"""One file per channel: what arrives becomes an Incoming, what is rendered becomes provider calls."""
