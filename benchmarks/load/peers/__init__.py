"""What the bot is measured against: plain programs of ours on the public interfaces of the libraries that many bots are built with."""
