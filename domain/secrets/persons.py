"""What names a person in a text: addresses of any kind, numbers, and what is said after «меня зовут», «менің атым», «живу», «мекенжайым».

Not here: secrets (see finder.py). More is found than names somebody: nobody is poorer for a question without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from domain.secrets.signs import Stretch, Taken, plain_of
from domain.secrets.words import Stems

_TOKEN = re.compile(r"\S+")
_ACCOUNT = re.compile(r"(?<=\w)@\w|^\W*@\w{3,}|://|^\W*(?:www\.|t\.me/|wa\.me/)")
_NUMBER = re.compile(
    r"(?<![a-z\d])kz\d\d(?: ?[a-z\d]){10,18}(?![a-z\d])"
    r"|\+?\d(?:[\s().-]{0,3}\d){5,}"  # phone, IIN, account numbers; sums of six digits and more go too
)
_NAME = re.compile(
    r"(?<![^\W\d_])(?:меня\s+зовут|зовут\s+меня|мо[её]\s+имя|моя\s+фамилия|(?:фамилия|имя|фио|ф\.\s?и\.\s?о\.?|аты-?\s?жөні|тегі)\s*[:=-]"
    r"|фио|(?:менің\s+)?(?:атым|есімім|тегім|аты-?\s?жөнім)|menin?\s+atym|my\s+name\s+is|menia\s+zovut)(?![^\W\d_])"
)
_PLACE = re.compile(
    r"(?<![^\W\d_])(?:живу|живём|живем|проживаю|прописана?|мой\s+(?:домашний\s+)?адрес|адрес(?:\s+проживания)?\s*[:=-]|по\s+адресу"
    r"|(?:менің\s+)?мекен-?\s?жай[^\W\d_]*|тұрғылықты\s+жерім|zhivu|i\s+live)(?![^\W\d_])"
)
_STREET = re.compile(
    r"(?<![^\W\d_])(?:(?:ул\.|улиц[аеы]|просп(?:ект[ае]?|\.)|пр-т|мкр\.?|микрорайон[ае]?|переул(?:ок|ке))\s*[^\s,]{2,30}(?:\s+[^\W\d_]{3,20}(?=[\s,]+\d))?"
    r"|(?<![^\s,])[^\s,]{2,30}\s+(?:көшесі|даңғылы|ықшам\s?ауданы|шағын\s?ауданы)[^\W\d_]*)"
    r"(?:[\s,]{1,2}(?:(?:д|дом|кв|квартира|үй|пәтер|корп|подъезд)\.?\s*)?\d{1,4}[^\W\d_]?(?![^\W\d_]|\d)(?:\s?(?:үй|пәтер)[^\W\d_]{0,3})?){0,4}"
)
_RESIDE = re.compile(r"(?<![^\W\d_])тұрамы[нз](?![^\W\d_])")
_PIECE = re.compile(r"(?P<word>[^\W_]+(?:[-'’][^\W_]+)*)|(?P<end>[!?;\n])|(?P<dot>\.)|(?P<mark>[^\w\s]|_)")
_ABBREVIATED: Final = frozenset(
    ("ул", "г", "д", "кв", "пр", "мкр", "обл", "р", "пос", "с", "корп", "к", "ш", "стр", "көш", "үй", "п", "эт")
)
_NAMES_AT_MOST: Final = 4
_PLACES_AT_MOST: Final = 16
_REACH: Final = 160
_GOES_ON: Final = Stems(
    "=и =а =но =я =мне =у =как =когда =где =что =кто =если =ли =мы =вы =есть =не =нет =то =хочу =хотел "
    "=хотела =живу =проживаю =подскажите подскаж скаж можно могу смогу купи куплю прошу почему сколько какой "
    "какая какие каков какую который здравств добр звоню пишу работаю =мен =маған =менде =қашан =қалай =қайда "
    "=қандай =кім =не =неге =неше =қанша =бар =жоқ =тұрамын болады =бола =еді =едім айтыңыз айтшы сатып ұтыс "
    "=және =бірақ =тізімде =болса қатыс участв розыгр приз выигр получ возраст =мой =моя =номер =тел телефон "
    "=иин =жсн деп =деген =емес қате дұрыс =или =уже =при =чтобы нужн надо"
)
_COUNTRIES: Final = Stems(
    "казахстан қазақстан росси ресей кыргыз қырғыз узбек өзбек беларус кита қытай турци түрки герман заграниц "
    "границ шетел"
)
_SMALL: Final = frozenset(("в", "во", "на", "за", "из", "это", "по", "г", "город", "городе", "село", "селе"))
_NO_NAMES: Final = frozenset(("в", "на", "с", "по", "из", "о"))
_OF_A_NAME: Final = frozenset(("ұлы", "қызы", "оглы", "кызы"))


def find_persons(text: str) -> list[Stretch]:
    """The places of all that could name somebody."""
    plain = plain_of(text)
    found = Taken(len(plain))
    for token in _TOKEN.finditer(plain):
        if ("@" in token[0] or "/" in token[0] or "www" in token[0]) and _ACCOUNT.search(token[0]):
            found.take(Stretch(*token.span()))
    for pattern in (_NUMBER, _STREET):
        for each in pattern.finditer(plain):
            found.take(Stretch(*each.span()))
    for span in (*_names(text, plain), *_places(text, plain), *_resided(plain)):
        found.take(span)
    return found.stretches()


def _names(text: str, plain: str) -> Iterator[Stretch]:
    ended = 0
    for cue in _NAME.finditer(plain):
        if cue.start() < ended:
            continue
        begun = end = words = 0
        capital = False
        for piece in _PIECE.finditer(plain, cue.end(), min(len(plain), cue.end() + _REACH)):
            word, start = piece["word"], piece.start()
            if word is None:
                if words and not (piece["dot"] and plain[end - 2 : end - 1] in (" ", ".")):
                    break
                if piece["end"]:
                    break
                continue
            upper = text[start].isupper()
            initial = len(word) == 1 and plain[piece.end() : piece.end() + 1] == "."
            if not initial and (
                word in _GOES_ON
                or word in _NO_NAMES
                or word.isdigit()
                or words == _NAMES_AT_MOST
                or (capital and not upper and word not in _OF_A_NAME)
            ):
                break
            begun, end, words, capital = begun or start, piece.end(), words + 1, capital or upper
        if words:
            yield Stretch(begun, end)
            ended = end


def _places(text: str, plain: str) -> Iterator[Stretch]:
    ended = 0
    for cue in _PLACE.finditer(plain):
        if cue.start() < ended:
            continue
        begun = end = words = 0
        last, parted = "", False
        for piece in _PIECE.finditer(plain, cue.end(), min(len(plain), cue.end() + _REACH)):
            word, start = piece["word"], piece.start()
            if word is None:
                parted = parted or (bool(words) and piece[0] == ",")
                if piece["end"] or (piece["dot"] and words and last not in _ABBREVIATED and not last.isdigit()):
                    break
                continue
            address = text[start].isupper() or word[0].isdigit() or word in _ABBREVIATED or _STREET.match(plain, start)
            if (
                word in _GOES_ON
                or words == _PLACES_AT_MOST
                or (parted and not address and word not in ("дом", "квартира", "пәтер", "үй"))
            ):
                break
            if word in _COUNTRIES and not words:
                break
            parted = False
            last = word
            if word in _SMALL and not words:
                continue
            begun, end, words = begun or start, piece.end(), words + 1
        if words:
            yield Stretch(begun, end)
            ended = end


def _resided(plain: str) -> Iterator[Stretch]:
    """«Алматы, Абай көшесі 5 үйде тұрамын»: in Kazakh the place stands before."""
    least = 0
    for cue in _RESIDE.finditer(plain):
        near = plain[max(least, cue.start() - _REACH) : cue.start()]
        near = re.split(r"[!?;\n]|(?<=[^\W\d_]{3})\.\s", near)[-1]
        least = cue.end()
        start = cue.start() - len(near)
        pieces = [each for each in _PIECE.finditer(near) if each["word"]]
        at = next((n + 1 for n in reversed(range(len(pieces))) if pieces[n][0] in _GOES_ON), 0)
        kept = pieces[at:]
        while kept and kept[0][0] in ("қазір", "біз"):
            kept = kept[1:]
        if kept and kept[0][0] not in _COUNTRIES:
            yield Stretch(start + kept[0].start(), start + kept[-1].end())
