"""WhatsApp by Twilio: webhooks in, messages out, media, and messages that a webhook missed."""
