"""Telegram: updates in, messages out, files, by the Bot API."""
