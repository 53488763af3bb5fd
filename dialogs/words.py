"""Words that work at every step on every channel, in both languages, beside the buttons that do the same.

Leaves everything longer than such a word to the scenes. Only whole messages count: «акция» alone opens the list, a question about
an акция stays a question.
"""

from __future__ import annotations

import re
import unicodedata

_WORDS = {
    "menu": "меню мәзір мазир menu /menu бас_мәзір главное_меню в_меню негізгі_мәзір",
    "help": "помощь көмек комек help /help справка анықтама",
    "language": "язык тіл тил language /language /lang тілді_ауыстыру сменить_язык поменять_язык",
    "language.kk": "қазақша казакша қазақ_тілі на_казахском по-казахски қазақ qazaqsha kazaksha /kk тіл_қазақша язык_қазақша",
    "language.ru": "русский на_русском по-русски орысша russkii russkiy орыс_тілі /ru русский_язык",
    "promotions": "акция акции акциялар promotions /promotions /promotion выбрать_акцию другая_акция басқа_акция сменить_акцию",
    "person": "оператор человек адам person /person operator живой_человек менеджер позвать_человека адаммен_сөйлесу "
    "операторға_қосыңыз соедините_с_оператором адам_керек оператор_керек нужен_оператор",
    "bot": "бот bot /bot вернуться_к_боту ботқа_қайту",
    "forget": "забудь_меня забыть_меня мені_ұмыт мені_ұмыту forget /forget удалить_мои_данные деректерімді_жою деректерімді_өшір",
    "check": "могу_ли_участвовать могу_ли_я_участвовать участвую_ли_я қатыса_аламын_ба қатысамын_ба /check check",
    "chances": "шанстарым шансым менің_шанстарым шансы мои_шансы мой_шанс мүмкіндігім мүмкіндіктерім менің_мүмкіндігім /chances chances",
    "listed": "список в_списке есть_ли_я_в_списке тізім тізімде_бармын_ба мен_тізімде_бармын_ба /list list",
    "rules": "правила ережелер ереже rules /rules",
    "start": "start начать бастау /restart",
}


_NUMBER = re.compile(r"\s*(?:№\s*)?\d{1,2}\s*[.)]?\s*")


def _bare(text: str) -> str:
    kept = "".join(c if c.isalnum() or c in "/-" else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return " ".join(kept.split())


_COMMANDS = {_bare(word.replace("_", " ")): name for name, words in _WORDS.items() for word in words.split()}


def command(text: str) -> str | None:
    """The command that a whole message means, or None. Telegram's `/menu@name` counts as `/menu`."""
    bare = _bare(text.split("@", 1)[0] if text.startswith("/") else text)
    return _COMMANDS.get(bare)


_FINAL = ("forget.yes", "chances.keep", "chances.clear", "chances.drop")


def needs_own_words(option: str) -> bool:
    """Whether an option destroys or confirms something: a text that is only like its label must not reach it."""
    return option.startswith(_FINAL)


def has_words(text: str) -> bool:
    """Whether there is anything to read: not so for emoji, punctuation, and a number as short as that of a button."""
    return any(map(str.isalnum, text)) and not is_number(text)


def is_number(text: str) -> bool:
    """Whether this can only be meant as the number of something that was offered."""
    return _NUMBER.fullmatch(text) is not None
