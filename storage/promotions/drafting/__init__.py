"""`utys promotions new`: a draft of a promotion made from a rules text."""
