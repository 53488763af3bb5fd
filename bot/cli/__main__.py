"""`python -m bot.cli`: the command line, wherever no `utys` is installed."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
