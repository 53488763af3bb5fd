"""How exports head their columns and write their values, in Kazakh, Russian and English.

Not here: recognising a header among these (see columns.py); what a column means (see storage/lists/kinds/fields.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _phrases(**rows: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(part.strip() for part in row.split("|")) for name, row in rows.items()})


HEADERS: Final = _phrases(
    # who
    phone="телефон|номер телефона|телефон нөмірі|моб телефон|мобильный|мобильный телефон|контактный телефон|ұялы телефон|абонент"
    "|номер абонента|абонент нөмірі|msisdn|phone|phone number|mobile|mobile number|cell phone|whatsapp|номер whatsapp",
    iin="иин|жсн|iin|индивидуальный идентификационный номер|жеке сәйкестендіру нөмірі",
    bin="бин|бсн|bin|бин иин|иин бин|бсн жсн|жсн бсн|bin iin|iin bin|бизнес идентификационный номер|бизнес сәйкестендіру нөмірі",
    account="аккаунт|account|id|account id|user id|id аккаунта|id пользователя|id участника|id клиента|клиент id|логин|login|username"
    "|пользователь|пайдаланушы|қатысушы id|аккаунт id|номер аккаунта|аккаунт нөмірі|player id|customer id|client id",
    personal_account="лицевой счет|номер лицевого счета|л с|лс|жеке шот|жеке шот нөмірі|дербес шот|personal account"
    "|personal account number|subscriber account",
    name="фио|имя|имя участника|наименование|название|название компании|наименование организации|клиент|аты жөні|тегі аты|атауы"
    "|компания|name|full name|client name|company|company name|организация|ұйым",
    draw_period="период розыгрыша|месяц розыгрыша|отчетный период|отчетный месяц|розыгрыш|есепті кезең|есепті ай|ұтыс ойыны"
    "|ұтыс ойынының айы|draw|draw period|draw month|reporting period|reporting month",
    # facts of the rules
    legal_form="форма|организационно правовая форма|правовая форма|опф|форма собственности|ұйымдық құқықтық нысан|құқықтық нысан"
    "|нысаны|legal form|type of entity|entity type",
    package="пакет|тариф|тарифный пакет|пакет услуг|название пакета|топтама|пакет атауы|қызметтер топтамасы|package|tariff|plan",
    connected_at="дата подключения|подключен|подключено|дата подключения пакета|дата и время подключения|қосылған күні|қосылу күні"
    "|қосылған уақыты|connection date|connected at|connected on|date connected|connected",
    applied_at="дата заявки|дата подачи заявки|өтінім күні|өтінім берілген күн|application date|applied at|applied on",
    activated_at="дата активации|активирован|іске қосылған күні|activation date|activated at|activated on",
    disconnected_at="дата отключения|отключен|ажыратылған күні|disconnection date|disconnected at",
    business_closed_at="дата закрытия ип|дата ликвидации|жабылған күні|closing date|business closed at",
    connected_via="канал подключения|способ подключения|канал|где подключен|қосылу арнасы|қосылу тәсілі|connection channel"
    "|connected via|channel",
    kazakhtelecom_client_before="действующий клиент|клиент ранее|был клиентом|бұрынғы клиент|бұрын клиент болған|existing client"
    "|client before|prior client",
    added_services_to_package="дополнительные услуги|добавлены услуги|қосымша қызметтер|added services|services added",
    services_added_at="дата добавления услуг|дата дополнительных услуг|қызмет қосылған күн|date services added|services added at",
    won_in="выиграл в|месяц выигрыша|ұтқан айы|won in|month won",
    region="регион|город|область|өңір|қала|аймақ|облыс|region|city",
    registered_on_ismet="регистрация на ismet|регистрация ismet kz|зарегистрирован на ismet|ismet kz|ismet тіркелген|ismet kz тіркелуі"
    "|registered on ismet|ismet registration",
    act_signed="акт подписан|подписание акта|акт|қол қойылған акт|актіге қол қою|act signed|act",
    is_reserve_winner="резерв|резервный победитель|резервтік жеңімпаз|reserve|reserve winner",
    check_result="результат проверки|проверка|тексеру нәтижесі|check result|result of check",
    sme="мсб|субъект мсб|шоб|sme",
    app_authorized="авторизация в приложении|авторизован в приложении|қосымшада авторизация|қосымшаға кірген|app authorized"
    "|authorised in app|authorized in app",
    ekassa_connected_at="дата подключения екассы|дата подключения кассы|екасса подключена|дата подключения|екасса қосылған күні"
    "|касса қосылған күні|қосылған күні|қосылу күні|ekassa connected at|cash register connected|connection date",
    earlier_ekassa_since="прежняя касса с|екасса ранее|бұрынғы касса|earlier ekassa since",
    ofd="офд|оператор|оператор фискальных данных|фдо|ofd|operator",
    paid_one_month="оплата за месяц|оплачен месяц|оплачено|бір айға төленген|төленген|төлем|paid one month|paid",
    paid_for_month="месяц оплаты|оплачен за|за какой месяц|төленген ай|paid for month|month paid",
    receipts_via_app="чеки|количество чеков|чеков|число чеков|чеки через приложение|чектер|чектер саны|чек саны|receipts"
    "|number of receipts|receipts via app",
    subscriber_type="тип абонента|вид абонента|абонент түрі|subscriber type",
    operator="оператор|оператор связи|байланыс операторы|operator",
    contract_holder="владелец договора|на кого договор|шарт иесі|contract holder",
    subscribed_88="подписка 88|подписка|подписан|жазылым|жазылған|88 жазылым|subscribed|subscription",
    subscribed_88_at="дата подписки|жазылған күні|жазылым күні|subscription date|subscribed at",
    unsubscribed_at="дата отписки|отписан|жазылымнан шыққан күні|unsubscribed at",
    ported_to_other_operator_at="дата перехода|переход к другому оператору|басқа операторға өткен күні|ported at",
    resident="резидент|резидент рк|қр резиденті|resident",
    person="вид лица|тип лица|тұлға түрі|person",
    age="возраст|жасы|жас|age",
    age_at_purchase="возраст|возраст при покупке|жасы|сатып алған кездегі жасы|age|age at purchase",
    registered_on_loto_sz="регистрация на сайте|зарегистрирован|тіркелген|сайтта тіркелген|registered",
    accounts="количество аккаунтов|число аккаунтов|аккаунттар саны|number of accounts",
    chances_earned="заработано шансов|шансы|начислено шансов|алынған мүмкіндіктер|мүмкіндіктер|chances|chances earned",
    chances_used="использовано шансов|пайдаланылған мүмкіндіктер|chances used|used chances",
    server_record="приз по серверу|запись сервера|приз|сервер жазбасы|жүлде|server record|server prize|prize",
    published_on_site_at="дата публикации на сайте|сайтта жарияланған күні|published on site",
    act_sent_at="акт отправлен|дата отправки акта|акт жіберілген күні|act sent|act sent at",
    first_contact_at="дата обращения|первый контакт|дата первого контакта|алғашқы байланыс күні|хабарласқан күні|first contact"
    "|first contact date",
    documents_received_by_head_office_at="документы получены|дата получения документов|құжаттар алынған күн|documents received",
    paid_at="дата выплаты|дата оплаты приза|төленген күні|paid at|payment date",
    # purchases
    at="дата и время|дата|дата покупки|дата операции|дата транзакции|время покупки|время операции|дата платежа|дата и время покупки"
    "|күні|күні мен уақыты|сатып алу күні|сатып алынған күні|операция күні|төлем күні|date|datetime|date time|timestamp|at"
    "|purchase date|purchase time|transaction date|transaction time|operation date|date and time",
    time="время|уақыты|уақыт|сағат|time|час",
    lottery="лотерея|название лотереи|игра|тираж лотереи|лотерея атауы|ойын|lottery|game|lottery name",
    amount_kzt="сумма|сумма покупки|сумма операции|сумма платежа|стоимость|сумма тг|сома|сомасы|сатып алу сомасы|төлем сомасы|құны"
    "|amount|sum|total|amount kzt|purchase amount|price",
    currency="валюта|валюта операции|ед изм|единица измерения|единицы измерения|өлшем бірлігі|currency|unit|units",
    refund="возврат|возвращено|сумма возврата|возврат тг|қайтарылған|қайтару|қайтарылды|refund|refunded|returned|return",
    paid_with_bonus="бонус|бонусы|бонусами|бонусный баланс|оплачено бонусами|способ оплаты|источник оплаты|источник средств|тип оплаты"
    "|вид оплаты|төлем тәсілі|төлем көзі|төлем түрі|бонустық баланс|бонуспен|payment source|payment method|payment|payment type"
    "|paid with bonus|bonus",
    transaction="id транзакции|номер транзакции|транзакция|id операции|номер операции|id покупки|номер покупки|номер билета|билет"
    "|id платежа|транзакция нөмірі|транзакция id|билет нөмірі|операция нөмірі"
    "|transaction|transaction id|transaction number|operation id|purchase id|payment id|ticket|ticket number",
    status="вид операции|тип операции|хозяйственная операция|операция түрі|operation type|transaction type|type of operation"
    "|статус|состояние|статус операции|статус платежа|күйі|мәртебесі|status|state",
    tickets_at_once="количество билетов|билетов|число билетов|билеттер|билеттер саны|билет саны|tickets|number of tickets"
    "|tickets at once|quantity",
    ussd="ussd|ussd команда|ussd запрос|команда|ussd команда|команда ussd|ussd code|ussd command|command",
    # winners
    drawn_on="дата розыгрыша|дата определения победителя|дата выигрыша|дата протокола|розыгрыш состоялся|дата|ұтыс ойынының күні"
    "|ұтыс ойыны өткен күн|ұтыс күні|хаттама күні|күні|draw date|date of draw|drawn on|drawn at|date",
    prize_won="приз|выигрыш|наименование приза|название приза|сертификат|жүлде|ұтыс|жүлде атауы|prize|prize won|win",
    rank="победитель|статус|статус победителя|роль|вид победителя|резерв|жеңімпаз|мәртебесі|түрі|winner|winner or reserve|rank|role"
    "|status|reserve",
    protocol="протокол|номер протокола|протокол розыгрыша|хаттама|хаттама нөмірі|protocol|protocol number|protocol no",
    # results
    mask="маска|номер|маскированный номер|номер победителя|номер участника|номер телефона|телефон|жасырылған нөмір|нөмір|нөмірі"
    "|телефон нөмірі|жеңімпаз нөмірі|қатысушы нөмірі|маска нөмірі|mask|masked number|number|phone|phone number|winner|победитель|жеңімпаз"
    "|участник|қатысушы|абонент",
    list="список|вид списка|тізім|тізім түрі|list|kind of list",
    published_on="дата публикации|дата|опубликовано|дата размещения|жарияланған күні|жариялау күні|күні|published|published on"
    "|publication date|date",
)  # fmt: skip
"""Phrases by field. Letter case, dots, hyphens, «ё» and a Latin «ə» make no difference."""

WEAK: Final = _phrases(
    paid_with_bonus="оплачено|оплата|баланс|счет|счет списания|счет для списания|списано с|списано со счета|списание|кошелек|средства"
    "|вид средств|чем оплачено|как оплачено|төленді|төленген|төлем|шот|есептен шығару шоты|баланс түрі|әмиян|balance|account debited"
    "|debit account|wallet|paid|paid from|paid by",
    amount_kzt="оплачено|оплата|к оплате|заплачено|төленді|төленген|төлем|paid",
)
"""Phrases that head other things too: such a column holds the field where no other one does and its cells fit, words or numbers."""

VALUES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "act_signed": _phrases(
            eds="эцп|эцқ|подписан эцп|подписан электронно|эцқ қойылған|eds",
            manual="вручную|от руки|собственноручно|қолмен|қолмен қойылған|manual",
            refused="отказ|отказался|отказано|бас тартты|refused",
            no="нет|не подписан|не подписано|жоқ|қол қойылмаған|no|not signed",
        ),
        "connected_via": {"sales office": ("офис продаж", "офис", "сату бөлімшесі", "сату офисі", "sales office")},
        "contract_holder": {
            "self": ("сам", "свой", "на себя", "собственный", "өзі", "өз атына", "self"),
            "another person": ("другое лицо", "другой", "басқа адам", "басқа тұлға", "another person"),
        },
        "power_of_attorney": {
            "original": ("оригинал", "түпнұсқа"),
            "copy": ("копия", "көшірме"),
            "none": ("нет", "жоқ"),
        },
        "photo_with_prize": {
            "given": ("да", "есть", "сделано", "иә", "бар", "yes"),
            "refused": ("отказ", "отказался", "бас тартты", "refused"),
        },
        "prize": {
            "valuable": ("ценный", "ценный приз", "құнды", "құнды жүлде"),
            "bonus credit": ("бонус", "бонусы", "бонусный баланс", "бонустық баланс"),
        },
    }
)
"""How exports write the options of a fact, beyond the aliases of the promotion."""
