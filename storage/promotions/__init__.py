"""Promotions read from their folders."""
