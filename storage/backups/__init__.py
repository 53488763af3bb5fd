"""Backups in one encrypted file, and restoring them."""
