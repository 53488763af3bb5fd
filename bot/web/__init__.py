"""The HTTP application: webhooks, health, metrics and the pages."""
