"""`utys claims`: what agents do until they have a desk."""
