"""Speed and cost of the bot beside its peers, over HTTP webhooks: `python -m benchmarks.load`, see docs/benchmarks.md."""
