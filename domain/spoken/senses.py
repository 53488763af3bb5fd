"""What a single word can mean where purchases, days, hours and sums are told, in Kazakh and Russian, whatever its ending.

Not here: cutting a text into words (see pieces.py), numbers in words (see number_words.py), what words mean together (see mentions.py).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from domain.search.folding import fold
from domain.spoken.number_words import NUMBER_WORDS
from domain.spoken.polarity import is_negated_verb

Value = int | str


class Sense(NamedTuple):
    """A kind of word and its value. `form` of a number or a size says what its ending makes of it (`number_words`)."""

    kind: str
    value: Value = 0
    form: str = ""


_WHOLE: dict[str, str] = {
    # joints and small words
    "and": "и да а но ал та также және жане мен бен пен де та те тағы еще ещё плюс потом затем сосын кейінірек",
    "from": "с со от начиная",
    "upto": "по",
    "to": "до дейін шейін дейн",
    "after": "после кейін соң позже бастап",
    "at": "в во на за",
    "me": "я өзім сам сама",
    "not": "не ни",
    "no": "нет жоқ нету неа емес",
    "without": "без",
    "but": "но бірақ однако алайда",
    # amounts
    "tenge": "тенге теңге тг тнг тңг kzt",
    "half": "полу жарты",
    "and_half": "половиной жарым",
    "each": "күнделікті ежедневно сайын күніне каждый каждую каждое каждому күн-сайын әр әрқайсысы",
    "same": "столько сонша соншама сондай тоже также-же аналогично дәл-сондай тең-сондай осынша осыншама",
    "all": "все всё всем всю оба обе обоих бәрі бәрін бәрінде бәріне екеуі екеуін екеуінде үшеуі үшеуін үшеуінде төртеуі төртеуінде",
    "total": "всего итого сумме суммарно общей общая барлығы жиыны жалпы вышло шықты шықан қосқанда",
    "about": "около почти примерно приблизительно порядка шамамен жуық жуықтап жуықтаған шамасында больше более свыше "
    "аса артық меньше менее минимум максимум где таман",
    "rouble": "р руб рубль",
    # days
    "week": "неделя неделю недели неделе апта аптаның аптада аптасы аптасының",
    "day_word": "день дня дней дні күн күні күнде күнін күнінде күнгі дни числа число числу числах",
    "ago": "назад бұрын бұрынғы",
    "before_that": "накануне алдында",
    "this": "эту этой этот это осы бұл мына текущей",
    "past": "прошлый прошлую прошлой прошлое прошлая прошлом прошлого өткен былтырғы",
    "coming": "следующий следующую следующей следующее келесі будущий",
    "of_it": "этого того одан содан сол тот ту том",
    "year": "год года году г жыл жылы жылғы жылдың ж",
    "clock_word": "пол половина половине четверть четверти начале конце между",
    "hour": "час часа часов часам часу ч сағат сағатта сағ сағаты",
    "minute": "минут минуты минута минутта минуттан",
    "past_hour": "өткенде өте",
    "vague_days": "ара выходные выходных несколько иногда часто бірнеше кейде жиі демалыста",
    # people
    "kin": "муж жена брат сестра мама мамаша папа отец мать сын дочь дочка друг подруга сосед соседка коллега бабушка дедушка супруг "
    "супруга дядя тетя она они күйеуім жұбайым әйелім келіншегім жолдасым анам шешем апам әкем ағам інім қарындасым сіңлім әпкем "
    "ұлым қызым балам досым құрбым көршім туысым қайным күйеуі әйелі ол олар",
    "kin_of": "мужа мужнин мужниного жены брата сестры мамы мамин мамином папы отца матери сына дочери друга подруги супруга супруги "
    "күйеуімнің әйелімнің анамның шешемнің әкемнің ағамның інімнің досымның құрбымның балам қызымның ұлымның жұбайымның",
    "account": "аккаунт аккаунта аккаунтта аккаунтом аккаунте аккаунтынан аккаунтпен номера номер телефона нөмірінен нөмірімен",
    # what was done
    "none": "пусто пустой ничего ештеңе ештене бос пропуск пропустил пропустила пас",
    "ofwhich": "из включая оның соның ішінде оныңішінде",
    "minus": "минус",
    "one_half": "полтора полторы полтары",
    "other_near": "алдыңғы алдынғы алдынгы арғы ертесіне ертесине назавтра",
    "only": "только",
    "percent": "процент процентов процента пайызы пайыз",
    "fix": "точнее вернее ошибся ошиблась ошибка перепутал перепутала поправка исправьте исправь исправить исправляю оговорился "
    "оговорилась дұрысы дұрысында дұрысырақ нақтырақ қателесіп қателестім қателесіппін қате шатасып шатастым шатасыппын жаңылдым жаңылыс "
    "опечатка опечатался опечаталась",
    "was": "было была был были болған болды",
    "plan": "куплю возьму потрачу сыграю докуплю доберу планирую собираюсь хочу буду купим возьмем алмақпын алмақшымын аламын ойнаймын "
    "жоспарлап жоспарым аламын-деп салмақпын куплю-ка алайын ойнайын",
    "first": "первая первый первую первое",
    "last_one": "последний последнее последняя последнюю соңғы соңғысы соңғысын",
    "other_day": "другие другой других басқа",
    "wish": "хотел хотела хотели хотелось собирался собиралась",
    # money
    "own": "картой карта карты карточкой наличными налом нал свои своими своих деньгами ақшам ақшаммен ақшама ақшаға қалтамнан "
    "картадан картамен картамнан каспи каспий kaspi кровные",
    "entirely": "полностью целиком толығымен толық",
}
_STEMS: dict[str, str] = {
    "bonus": "бонус bonus",
    "portion": "частичн частью часть бөлігі бөлік жартысы жартысын жартылай половин ішінара аралас пополам",
    "tenge": "тенге теңге",
    "currency": "доллар dollar usd евро euro eur юан yuan рубл rub сомов баксы баксов бакс лир",
    "refund": "возврат вернул отмен қайтар қайтты қайтып аннулир refund",
    "ticket": "билет",
    "times": "рет раза рет",
    "account": "аккаунт",
    "buy": "купил покупал взял взяла брал потратил сыграл играл алдым алдим алған алғам алып сатып ойна салдым салғам жұмса приобр "
    "спустил добавил доплатил қостым қосып оплат төле кірдім кірген успел үлгер ходил заходил",
    "word": "лотере сумм покупк сомасы сомаға үшін дата сумма",
    "plan": "планир жоспарла",
    "about": "шамамен приблизит примерн",
    "fix": "исправ қателес шатас",
    "each": "каждодн",
    "wish": "мечта",
}
_FILLERS: Final = (
    "на по за в во с со и да а мне мы нам был была были мой моя мои мое моей бы ли же уже вот там тут здесь это этот эта ровно просто "
    "итак значит дополнительно доп сразу разом бір-ақ ақ әлгі анада мына сол бар күн күні деп ғой ғана енді сосын үстіне тағыда "
    "қылып болып билет билеты билетов билетік лото лотерея лотерею лотереи сатып алған сомасына теңгелік штук шт год года "
    "онлайн сайте сайт сайта сайттан сумма сумму сумма день дата лотерею"
)
_MONTHS: Final = (
    "январ қаңтар жанвар", "феврал ақпан", "март наурыз науриз", "апрел сәуір", "мая маи мамыр", "июн маусым",
    "июл шілде", "август тамыз", "сентяб қыркүйек", "октяб қазан", "ноябр қараша", "декабр желтоқсан",
)  # fmt: skip
_MONTHS_SHORT: Final = (
    "янв jan қаң", "фев feb", "мар mar", "апр apr", "май may", "июн jun", "июл jul", "авг aug", "сен сент sep", "окт oct", "ноя нояб nov",
    "дек dec",
)  # fmt: skip
MONTH_NAMES: Final = {
    fold(name): number
    for number, names in enumerate(
        (
            "января январь қаңтар қаңтарда", "февраля февраль ақпан ақпанда", "марта март наурыз наурызда",
            "апреля апрель сәуір сәуірде", "мая мамыр мамырда", "июня июнь маусым маусымда", "июля июль шілде шілдеде",
            "августа август тамыз тамызда", "сентября сентябрь қыркүйек қыркүйекте", "октября октябрь қазан қазанда",
            "ноября ноябрь қараша қарашада", "декабря декабрь желтоқсан желтоқсанда",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""Whole names, folded, that a slip is measured by."""
_WEEKDAYS: Final = (
    ("понедельн дүйсенбі", "пн дс пон дүй"), ("вторник сейсенбі", "вт сс вто"), ("среда среду среды среде сәрсенбі", "ср срд"),
    ("четверг бейсенбі", "чт бс чет"), ("пятниц жұма", "пт жм"), ("суббот сенбі", "сб суб"),
    ("воскресен жексенбі", "вс жс вск"),
)  # fmt: skip
_RELATIVE: Final = {
    0: "сегодня сегодняшн бүгін segodnya", -1: "вчера вчерашн кеше vchera", -2: "позавчера позавчерашн алдыңгүні алдыңғыкүні",
    1: "завтра завтрашн ертең zavtra", 2: "послезавтра бүрсігүні",
}  # fmt: skip
_PARTS: Final = {
    "morning": "утр таңерте таңғы таңғи таңда таңнан", "noon": "обед полден полдн түсте түскі түстен", "day": "днем күндіз",
    "evening": "вечер кешке кешкі кешкіс кешқұр кеште", "night": "ночь ночи ночном түнде түнгі түні",
}  # fmt: skip
_SCALES: Final = {
    1_000: ("тысяч тыщ тищ мың косар", "тыс мын к т тр тш штук"),
    1_000_000: ("миллион милион лимон лям", "млн м мил мл"),
}
UNFOLDED: Final = frozenset({"сс"})
"""Words that folding would turn into others: «сс» (Tuesday) into «с»."""
_HALF_MILLION: Final = "полмил полмлн поллям пол-лям поллимон"
_ENDINGS: Final = {
    "abl": "дан ден тан тен нан нен ынан інен інан",
    "dat": "ға ге қа ке на не",
    "loc": "да де та те",
}


def _table() -> tuple[dict[str, Sense], dict[str, Sense]]:
    """Whole words and stems, folded."""
    whole: dict[str, Sense] = {}
    stems: dict[str, Sense] = {}
    for word in _FILLERS.split():
        whole[fold(word)] = Sense("fill")
    for kind, words in _WHOLE.items():
        for word in words.split():
            whole[fold(word.replace("-", ""))] = Sense(kind)
    for kind, words in _STEMS.items():
        for word in words.split():
            stems[fold(word)] = Sense(kind)
    for number, (long, short) in enumerate(zip(_MONTHS, _MONTHS_SHORT, strict=True), 1):
        stems.update({fold(word): Sense("month", number) for word in long.split()})
        whole.update({fold(word): Sense("month", number) for word in short.split()})
    for number, (long, short) in enumerate(_WEEKDAYS):
        stems.update({fold(word): Sense("weekday", number) for word in long.split()})
        whole.update({word if word in UNFOLDED else fold(word): Sense("weekday", number) for word in short.split()})
    whole[fold("түс")] = Sense("part", "noon")
    whole[fold("түске")] = Sense("part", "noon")
    whole[fold("кеш")] = Sense("part", "evening")
    for away, words in _RELATIVE.items():
        stems.update({fold(word): Sense("near", away) for word in words.split()})
    for part, words in _PARTS.items():
        stems.update({fold(word): Sense("part", part) for word in words.split()})
    for size, (long, short) in _SCALES.items():
        stems.update({fold(word): Sense("scale", size) for word in long.split()})
        whole.update({fold(word): Sense("scale", size) for word in short.split()})
    stems.update({fold(word): Sense("half_million") for word in _HALF_MILLION.split()})
    whole.update(
        {word: Sense("number", value, form) for word, (value, form) in NUMBER_WORDS.items() if word not in whole}
    )
    return whole, stems


_WORDS, _BEGINNINGS = _table()
_SHORTEST, _LONGEST = min(map(len, _BEGINNINGS)), max(map(len, _BEGINNINGS))
_ABLATIVE, _DATIVE = (
    tuple(fold(e) for e in _ENDINGS["abl"].split()),
    tuple(fold(e) for e in _ENDINGS["dat"].split()),
)


@lru_cache(maxsize=4096)
def sense_of(word: str) -> Sense | None:
    """What a folded word means, None for one that tells nothing here."""
    if found := _WORDS.get(word):
        return found
    for length in range(min(len(word), _LONGEST), _SHORTEST - 1, -1):
        if (found := _BEGINNINGS.get(word[:length])) and len(word) - length <= 7:
            if found.kind in ("scale", "weekday", "near", "month"):
                form = "abl" if word.endswith(_ABLATIVE) else "dat" if word.endswith(_DATIVE) else ""
                return found._replace(form=form)
            return found
    if is_negated_verb(word):
        return Sense("undone")
    return None
