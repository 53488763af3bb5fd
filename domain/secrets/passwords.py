"""Passwords and words that are agreed on: what stands behind «пароль», «құпия сөз», «кодовое слово», or before it.

Not here: codes in digits (see codes.py). A password may be any word, so it must look like one, or be given as one: after a colon, alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from domain.secrets.signs import Stretch, Taken, behind
from domain.secrets.words import Stems

_CUE = re.compile(
    r"""(?=[кқkмpпс])(?<![^\W\d_])(?P<own>мой\s|моя\s|менің\s)?(?:
    (?P<word>(?:код(?:ово|тық|тик)|секретн|құпия|кұпия|купия|kupiya|кодтық)[^\W\d_]*\s?(?:слов|сөз|соз|soz|фраз)[^\W\d_]*)
    |(?:парол|пороль|parol|passw|pwd|passphrase|пассворд)[^\W\d_]*
    |(?:pass|пасс)(?![^\W\d_]))""",
    re.VERBOSE,
)
_TOKEN = re.compile(r"\S+")
_TO: Final = frozenset(("от", "для", "к", "ко", "на", "в", "во", "из", "у", "of", "for", "to"))
_FILLING: Final = frozenset(
    (
        "мой",
        "моя",
        "такой",
        "такая",
        "вот",
        "это",
        "is",
        "менің",
        "осы",
        "деген",
        "мынау",
        "бұл",
        "мне",
        "был",
        "будет",
        "болды",
        "болады",
        "ол",
    )
)
_NAMES: Final = Stems(
    "wifi wi вайфай egov егов ismet исмет kaspi каспи telegram телеграм whatsapp ватсап gmail google гугл "
    "apple instagram инстаграм facebook sms смс id login логин email почт кабинет аккаунт приложен сайт "
    "телефон карт профил қосымш сайт желі"
)
_SAYS: Final = Stems(
    "забы =не =нет потер смен поменя укра слож прост правильн неправильн неверн =верный =верно другой другая "
    "другое =так =где =как как-то какой какая какие =что чтобы =кто когда зачем почему =есть был =будет сброс "
    "сбрас восстан подош подход узна =знаю знает =зна спраш просит просят спрос нуж надо =можно =могу если "
    "=или =ли ввест введ вводи ввёл созда придум установ измен обнов напомн отправ пришл приш приход выда "
    "дайте =дать скаж сооб напиш написа обяза треб устар истёк истек длинн коротк пусто один одно временн "
    "новый новая новое стар любой люба прежн керек ұмыт =жоқ =бар барма қандай қайда дұрыс қате өзгер сұра "
    "=неге =деген =екен есім =айт айта айту айтпа болса ашыл қою =қой қоя жазу жаза қалай =кім =неше емес "
    "бере беріңіз =алу аламын орнат құру келді келген келмей жібер шықпай сәйкес =the =is =not =for =to =my "
    "=your forgot reset wrong change =what =how =and =or =при =через =это =мой =моя =мне =мен =маған =я =он "
    "=она =вы =ты =у =меня =уже =еще =ещё =тоже =и =а =но =там =тут =здесь =всем никому ешкім сақта хран "
    "безопас =да =иә =ол =бұл =сіз"
)
_JOIN: Final = ":=-–—>"
_STRIPPED: Final = ".,;!?)»\"'("
_REACH: Final = 80
_PATIENCE: Final = 64
"""Words for passwords that are looked at in one text; beyond these only what stands behind a colon is hidden."""
_BESIDE = re.compile(r"\s{0,2}[:=]\s{0,2}([^\s•]{3,40})")
_GIVEN_BEFORE = re.compile(
    r"(?P<value>\S{4,40})(?:\s+(?:деген|это|бұл|is)|\s*[-–—:]+\s*(?:это|бұл)?|\s+[-–—]\s+(?:это\s)?)(?:\s*(?:мой|менің))?\s*$"
)


def may_hold_passwords(plain: str) -> bool:
    return _CUE.search(plain) is not None


def find_passwords(text: str, plain: str, known: Taken) -> Iterator[Stretch]:
    """The places of passwords in a text and its plain form."""
    cues = list(_CUE.finditer(plain))
    for cue in cues[_PATIENCE:]:
        if beside := _BESIDE.match(plain, cue.end()):
            yield Stretch(*beside.span(1))
    del cues[_PATIENCE:]
    for n, cue in enumerate(cues):
        end = cues[n + 1].start() if n + 1 < len(cues) else len(plain)
        found = _behind(text, plain, cue, end)
        if found is None and (given := _before(plain, cue, cues[n - 1].end() if n else 0)) is not None:
            found = given
        if found is not None and not known.holds(*found):
            yield found


def _behind(text: str, plain: str, cue: re.Match[str], end: int) -> Stretch | None:
    window = plain[cue.end() : min(end, cue.end() + _REACH)]
    whole = behind(plain, cue.end(), _REACH)
    asked = plain[cue.end() + len(whole) : cue.end() + len(whole) + 1] == "?" or whole.rstrip().endswith("?")
    first, line, more = window.partition("\n")
    below = line and not first.strip(_JOIN + " ")
    window = " " * (len(first) + 1) + more.partition("\n")[0] if below else first
    tokens = list(_TOKEN.finditer(window))[:7]
    joined, named, filled = False, False, 0
    for n, token in enumerate(tokens):
        bare = token[0].lstrip(_JOIN + "«\"'(")
        if token.start() == 0 and not token[0].startswith(tuple(_JOIN)):
            return None  # «пароль-то», «пароль,»
        joined = joined or (token[0] != bare and token[0][:1] in _JOIN)
        if not bare:
            continue
        value = bare.rstrip(_STRIPPED)
        start = cue.end() + token.start() + len(token[0]) - len(bare)
        span = Stretch(start, start + len(value))
        ended = bare != bare.rstrip(".,;!?") or n == len(tokens) - 1
        if not value or value.startswith("•"):
            return None
        if _looks(value):
            return span
        if named:
            named = False
            filled += 1
            continue
        if value in _TO and not joined:
            named = True
            continue
        if value.rstrip(_JOIN) in _FILLING:
            filled += 1
            joined = joined or value[-1] in _JOIN
            continue
        if value in _SAYS or asked:
            return None
        if value.isdigit():
            return span if 3 <= len(value) <= 12 and (joined or ended) else None
        if joined and n <= 3:
            return span
        if value in _NAMES:
            continue
        latin = value.isascii() and value.isalpha()
        capital = text[start].isupper()
        sure = latin or filled or cue["own"] or (cue["word"] and capital) or re.search(r"ім|iм|им", cue[0][-3:])
        return span if sure and (ended or latin) else None
    return None


def _looks(value: str) -> bool:
    """Letters and digits, or letters and signs, in one: no word and no number looks so."""
    letters = [sign for sign in value if sign.isalpha()]
    digits = any(sign.isdigit() for sign in value)
    if not letters or len(value) < 4:
        return False
    if digits:
        return re.fullmatch(r"\d+-?[^\W\d_]{1,4}|[№#]?\d[\d.,:]*[^\W\d_]{0,5}\.?", value) is None
    return any(sign in "!@#$%^&*_+" for sign in value) and "@" not in value


def _before(plain: str, cue: re.Match[str], least: int) -> Stretch | None:
    """«qwerty12 - это мой пароль», «Qazaq2024 деген құпия сөзім»."""
    near = plain[max(least, cue.start() - _REACH) : cue.start()].rpartition("\n")[2]
    found = _GIVEN_BEFORE.search(near)
    if found is None or not _looks(found["value"].rstrip(_STRIPPED)):
        return None
    start = cue.start() - len(near) + found.start("value")
    return Stretch(start, start + len(found["value"].rstrip(_STRIPPED)))
