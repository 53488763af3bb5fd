"""Words on a channel: phrases in two languages, markup, and how a message is fitted to what a channel can show."""
