"""Fakes of the Telegram Bot API and of Twilio that speak real HTTP on this machine.

What a test says to them and expects of the bot is left to the tests.
"""
