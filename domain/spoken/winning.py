"""Whether a text says «I have won», asks for one's own prize, or gives it up; also in a few words among others.

Not here: what is answered (see dialogs/claims/); fraud, which is read before (see dialogs/safety.py). A condition («егер ұтсам»), somebody
else's win, a denial and a question about papers or tax are none of these: the rules answer them.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from domain.search.folding import fold, words

Won = Literal["won", "refuse", "keep"]
"""`won`: tells of a win or asks where the prize is. `refuse`: does not want it. `keep`: says that it is not given up."""

LONGEST_WORDS: Final = 18
"""A longer text tells more than a win: it is a question of its own."""
_OTHER_WORDS: Final = 5
"""Words that may stand beside what is known here."""


def _folded(phrases: str) -> str:
    """Alternatives of phrases; `*` is any ending, `…` up to two words between."""
    found = []
    for phrase in phrases.split("|"):
        parts = [
            r"(?:\w+ ){0,2}"
            if word == "…"
            else re.escape(fold(word.rstrip("*"))) + (r"\w*" if word[-1] == "*" else "") + " "
            for word in phrase.split()
        ]
        found.append("".join(parts))
    return "|".join(found)


_PRIZE: Final = _folded(
    "приз*|выигрыш*|айфон*|iphone|сертификат*|подар*|жүлде*|сыйлы*|ұтыс*|наушник*|құлаққап*|airpods|павербанк*|повербанк*|powerbank|"
    "пылесос*|шаңсорғыш*|ноутбук*|телевизор*|колонк*|деньг*|ақша*|миллион*|тенге|теңге*"
)
_MY: Final = _folded("мой|моя|моё|мои|моего|наш|наша|менің|біздің")
_WON: Final = re.compile(
    rf"\b(?:{_folded('я … выиграл|я … выиграла|мы … выиграли|мой номер выиграл|мой билет выиграл|я победитель|я победительница')}"
    rf"|{_folded('стал победителем|стала победителем|стала победительницей|я … в списке победителей|меня … победителем')}"
    rf"|(?:{_folded('мне|у меня|нам')})(?:\w+ )?(?:{_folded('выпал|выпала|выпало|достался|достались|попался')})"
    rf"|(?:{_folded('выиграл|выиграла|выиграли|выпал|выпала|выпало')})(?:\w+ )?(?:{_PRIZE})"
    rf"|(?:{_PRIZE})(?:{_folded('выиграл|выиграла|выпал|выпала|выпало|шықты|шығыпты|шығып тұр|түсті|түсіпті|бұйырды|ұтыпты')})"
    rf"|{_folded('ұттым|ұттық|ұтып алдым|ұтып алдық|ұтып алыппын|ұтып қойыппын|ұтып кеттім|ұтыппын|ұтыппыз|ұтқанмын|ұтқан екенмін')}"
    rf"|{_folded('жеңімпазбын|жеңімпаз болдым|жеңімпаз болыппын|жеңімпаз атандым|жеңіп алдым|ұтысқа ие болдым|utyp aldym')}"
    rf"|{_folded('нөмірім ұтты|нөмірім ұтыпты|нөмірім шықты|нөмірім шығыпты|номерім ұтты|номерім шықты')})"
)
_SHORT: Final = re.compile(
    rf"^(?:{_folded('ура|ну|вот|алло|здравствуйте|привет|сәлем|алақай')})*(?:{_folded('выиграл|выиграла|выиграли')})"
)
_WHERE: Final = re.compile(
    rf"\b(?:{_folded('где|куда|когда')})(?:\w+ )?(?:{_MY})(?:\w+ )?(?:{_PRIZE})"
    rf"|(?:{_folded('отдайте|верните|хочу … получить|хочу … забрать|как … получить|как … забрать')})(?:{_MY})(?:{_PRIZE})"
    rf"|(?:{_folded('жүлдем|призім|сыйлығым|айфоным|ұтысым|сертификатым|жүлдеміз|призіміз')})"
    rf"(?:\w+ )?(?:{_folded('қайда|қашан|қане|қайдан')})"
    rf"|(?:{_folded('жүлдемді|призімді|сыйлығымды|айфонымды|ұтысымды|сертификатымды')})(?:{_folded('беріңіз|беріңіздер|беріңдер|қайдан|қалай|қашан')})"
)
_REFUSE: Final = re.compile(
    rf"^(?:{_folded('я|мен|мы|біз')})?(?:{_folded('отказываюсь|откажусь|отказываемся|хочу отказаться')}"
    rf"|{_folded('бас тартамын|бас тартам|бас тартқым келеді')})$"
    rf"|(?:{_folded('отказываюсь от|откажусь от|хочу отказаться от|отказываемся от')})(?:\w+ )?(?:{_PRIZE})"
    rf"|(?:{_PRIZE})(?:{_folded('бас тартамын|бас тартам|бас тартқым')})"
    rf"|^(?:{_MY}|{_folded('маған|мне')})?(?:{_PRIZE})(?:{_folded('керек емес|не нужен|мне не нужен|маған керек емес')})$"
)
_KEEP: Final = re.compile(
    rf"\b(?:{_folded('не отказываюсь|не откажусь|не отказывался|не отказывалась|не отказываемся')}"
    rf"|{_folded('бас тартпаймын|бас тартпадым|бас тартпаймыз')})"
)
_NEXT: Final = re.compile(
    rf"\b(?:{_folded('что … делать|че … делать|шо … делать|что дальше|что теперь|дальше что|как … получить|как … забрать|куда|где|когда')}"
    rf"|{_folded('не істе*|не … істе*|енді не|қалай … ал*|қайда|қашан|қайдан|не қыл*')})"
)
_DENIED: Final = re.compile(
    rf"\b(?:{_folded('не … выиграл|не … выиграла|не … выиграли|не … выпал|не выпало|не стал|не стала|ничего … выиграл|ничего … выпало')}"
    rf"|{_folded('ұтқан жоқ*|ұтқан емес*|шыққан жоқ|түскен жоқ')})"
)
_WHAT: Final = re.compile(
    rf"(?:^|\b(?:{_folded('и|ну|покажи|скажи|а')}))(?:{_folded('что я … выиграл|что я … выиграла|мен не ұттым|не ұттым')})"
)
"""What did I win: the lists answer."""
_ELSEWHERE: Final = re.compile(
    rf"\b(?:{_folded('если|егер|бы|ли|друг|подруга|сосед*|знаком*|коллег*|досым*|көршім*|бауырым*|кто|кім*|шанс*|вероятн*|мүмкіндік*')}"
    rf"|{_folded('налог*|салы*|документ*|құжат*|доверен*|сенімхат*|паспорт*|куәлі*|удостовер*|эцп*|эцқ*|акт|акті*|можно|нельзя|бола|скрин*')}"
    rf"|{_folded('ма|ме|ба|бе|па|пе|резервн*|другой|другому|муж|жена|күйеуім|әйелім|мошен*|алаяқ*|обман*|развод*')})"
)
_KNOWN: Final = re.compile(
    rf"\b(?:{_folded('я|мы|мне|меня|у|нам|в|на|и|а|но|ну|вот|же|ура|это|что|как|тут|там|уже|сегодня|вчера|теперь|дальше|делать|получить')}"
    rf"|{_folded('забрать|где|когда|куда|сказали|позвонили|написали|пишет|пришло|смс|sms|здравствуйте|привет|алло|подскажите|пожалуйста')}"
    rf"|{_folded('мен|біз|маған|бізге|енді|қазір|бүгін|кеше|не|істе*|керек|қалай|қайда|қашан|ал*|деді|дейді|деп|айтты|келді|хабарлама')}"
    rf"|{_folded('сәлем*|саламат*|алақай|рахмет|өтінемін|осы|ғой|екен|тұр|менің|мой|моя|моё|мои|приз*|жүлде*|айфон*|ваш*|вашей|акци*|розыгрыш*')})"
)


def read_winning(text: str) -> Won | None:
    """None where the text is about something else. Linear in the text; what lies behind the first 600 characters is not read."""
    found = words(text)
    if not found or len(found) > LONGEST_WORDS:
        return None
    said = " ".join(found) + " "
    if _KEEP.search(said):
        return "keep"
    if _ELSEWHERE.search(said):
        return None
    if _REFUSE.search(said):
        return "refuse"
    if _WHAT.search(said):
        return None
    told = _WON.search(said) or (_SHORT.search(said) if len(found) <= LONGEST_WORDS // 2 else None)
    where = _WHERE.search(said)
    if _DENIED.search(said) or not (told or where):
        return None
    if "?" in text and not (where or _NEXT.search(said)):
        return None  # «я выиграл?» asks whether
    rest = _KNOWN.sub("", (_WHERE if where else _WON if _WON.search(said) else _SHORT).sub("", said))
    return "won" if len(rest.split()) <= _OTHER_WORDS else None
