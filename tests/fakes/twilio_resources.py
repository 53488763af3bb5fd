"""What Twilio's operations do to messages, media and templates, and what they answer.

Whether a request is well formed was checked before (twilio_spec); HTTP, login and callbacks are FakeTwilio's.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from .twilio_limits import (
    CATEGORIES,
    TEMPLATE_NAME,
    TwilioRefusal,
    broken,
    check_approvable,
    check_content,
    check_message,
    check_template_values,
    read_variables,
)
from .twilio_messages import API, Content, Messages, TwilioMessage

Json = dict[str, Any]
Answer = tuple[int, Json | None]
Lists = Mapping[str, list[str]]

WINDOW = timedelta(hours=24)
OUTSIDE_WINDOW = 63016


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


class Resources:
    """The state of one account; `created` is told of each new message and of the error that awaits it, if any."""

    def __init__(self, account: str, sender: str, created: Callable[[TwilioMessage, int | None], None]) -> None:
        self.account = account
        self.sender = sender
        self.created = created
        self.messages = Messages(account)
        self.contents: dict[str, Content] = {}
        self.last_inbound: dict[str, datetime] = {}
        self.unreachable: dict[str, int] = {}
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        messages, content = f"/{API}/Accounts/{{AccountSid}}/Messages", "/v1/Content"
        self._handlers: dict[str, Callable[[Json, Lists, Json], Answer]] = {
            f"POST {messages}.json": self.create_message,
            f"GET {messages}.json": self.list_messages,
            f"GET {messages}/{{Sid}}.json": self.fetch_message,
            f"POST {messages}/{{Sid}}.json": self.update_message,
            f"DELETE {messages}/{{Sid}}.json": self.delete_message,
            f"GET {messages}/{{MessageSid}}/Media.json": self.list_media,
            f"GET {messages}/{{MessageSid}}/Media/{{Sid}}.json": self.fetch_media,
            f"DELETE {messages}/{{MessageSid}}/Media/{{Sid}}.json": self.delete_media,
            f"POST {content}": self.create_content,
            f"GET {content}": self.list_contents,
            f"GET {content}/{{Sid}}": self.fetch_content,
            f"DELETE {content}/{{Sid}}": self.delete_content,
            f"POST {content}/{{ContentSid}}/ApprovalRequests/whatsapp": self.request_approval,
            f"GET {content}/{{Sid}}/ApprovalRequests": self.fetch_approval,
            "POST /v2/Indicators/Typing.json": self.show_typing,
        }

    def do(self, verb: str, template: str, path: Json, fields: Lists, body: Json) -> Answer:
        """Do what a checked request asks for: status and JSON (None: no body)."""
        handler = self._handlers.get(f"{verb} {template}")
        if handler is None:
            raise TwilioRefusal(20404, 404, f"the fake does not model {verb} {template}", broken=True)
        return handler(path, fields, body)

    def window_open(self, address: str) -> bool:
        last = self.last_inbound.get(address)
        return last is not None and self.now() - last <= WINDOW

    # -- messages ------------------------------------------------------------------------------------------------

    def create_message(self, path: Json, form: Lists, body: Json) -> Answer:
        for refusal in check_message(form):
            raise refusal
        one = {name: values[0] for name, values in form.items()}
        if one.get("From", self.sender) != self.sender:
            raise broken(63007, one["From"])
        media = one.get("MediaUrl")
        message = TwilioMessage(
            new_sid("MM" if media else "SM"), self.sender, one["To"], one.get("Body", ""), self.now(), media_url=media
        )
        message.params = {**one}
        message.callback_url = one.get("StatusCallback")
        approved = False
        if "ContentSid" in one:
            content = self._content(one["ContentSid"], 21655, 400)
            approved = content.approval == "approved"
            variables = read_variables(one.get("ContentVariables", "{}"))
            if approved and (problem := next(check_template_values(variables), None)):
                raise broken(21656, problem)
            message.content_sid, message.shown, message.body = content.sid, content.fill(variables), ""
        message.params["approved"] = approved
        error = self.unreachable.get(message.to)
        if error is None and not approved and not self.window_open(message.to):
            error = OUTSIDE_WINDOW
        self.messages.add(message)
        answer = message.describe(self.account)
        self.created(message, error)
        return 201, answer

    def list_messages(self, path: Json, query: Lists, body: Json) -> Answer:
        return 200, self.messages.page({name: values[0] for name, values in query.items()})

    def fetch_message(self, path: Json, query: Lists, body: Json) -> Answer:
        return 200, self.messages.get(path["Sid"]).describe(self.account)

    def update_message(self, path: Json, form: Lists, body: Json) -> Answer:
        message = self.messages.get(path["Sid"])
        if form.get("Body", [""])[0]:
            raise broken(20001, "Body can only be emptied")
        if "Body" in form:
            message.body, message.shown = "", {}
        if "Status" in form:
            message.status = form["Status"][0]
        return 200, message.describe(self.account)

    def delete_message(self, path: Json, query: Lists, body: Json) -> Answer:
        del self.messages.by_sid[self.messages.get(path["Sid"]).sid]
        return 204, None

    def list_media(self, path: Json, query: Lists, body: Json) -> Answer:
        message = self.messages.get(path["MessageSid"])
        listed = [self._media(message.sid, media.sid) for media in message.media]
        uri = f"/{API}/Accounts/{self.account}/Messages/{message.sid}/Media.json"
        pages = {"first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None, "uri": uri}
        counts = {"page": 0, "page_size": 50, "start": 0, "end": max(0, len(listed) - 1)}
        return 200, {"media_list": listed, **pages, **counts}

    def fetch_media(self, path: Json, query: Lists, body: Json) -> Answer:
        return 200, self._media(path["MessageSid"], path["Sid"])

    def delete_media(self, path: Json, query: Lists, body: Json) -> Answer:
        self.messages.get(path["MessageSid"]).media.remove(self.messages.media(path["MessageSid"], path["Sid"]))
        return 204, None

    def _media(self, message_sid: str, sid: str) -> Json:
        media = self.messages.media(message_sid, sid)
        uri = f"/{API}/Accounts/{self.account}/Messages/{message_sid}/Media/{sid}.json"
        body = {"sid": sid, "parent_sid": message_sid, "account_sid": self.account, "uri": uri}
        when = format_datetime(self.messages.get(message_sid).created)
        return body | {"content_type": media.content_type, "date_created": when, "date_updated": when}

    # -- templates -----------------------------------------------------------------------------------------------

    def _content(self, sid: str, code: int = 20404, status: int = 404) -> Content:
        if sid not in self.contents:
            raise TwilioRefusal(code, status, sid, broken=code != 20404)
        return self.contents[sid]

    def add_content(
        self, types: Json, language: str, name: str = "", variables: dict[str, str] | None = None
    ) -> Content:
        problems = list(check_content(types))
        if problems:
            raise broken(20001, problems[0])
        content = Content(new_sid("HX"), language, types, name, variables or {})
        self.contents[content.sid] = content
        return content

    def create_content(self, path: Json, query: Lists, body: Json) -> Answer:
        more = (body.get("friendly_name", ""), body.get("variables"))
        return 201, self._describe(self.add_content(body["types"], body["language"], *more))

    def list_contents(self, path: Json, query: Lists, body: Json) -> Answer:
        meta = {"page": 0, "page_size": 50, "key": "contents", "next_page_url": None, "previous_page_url": None}
        return 200, {"contents": [self._describe(content) for content in self.contents.values()], "meta": meta}

    def fetch_content(self, path: Json, query: Lists, body: Json) -> Answer:
        return 200, self._describe(self._content(path["Sid"]))

    def delete_content(self, path: Json, query: Lists, body: Json) -> Answer:
        del self.contents[self._content(path["Sid"]).sid]
        return 204, None

    def _describe(self, content: Content) -> Json:
        made = {"sid": content.sid, "account_sid": self.account, "friendly_name": content.friendly_name}
        dates = dict.fromkeys(("date_created", "date_updated"), self.now().strftime("%Y-%m-%dT%H:%M:%SZ"))
        body = {"language": content.language, "variables": content.variables, "types": content.types}
        return made | dates | body | {"url": f"https://content.twilio.com/v1/Content/{content.sid}", "links": {}}

    def request_approval(self, path: Json, query: Lists, body: Json) -> Answer:
        content = self._content(path["ContentSid"])
        problems = list(check_approvable(content.types))
        if not TEMPLATE_NAME.fullmatch(body["name"]):
            problems.append(f"template name {body['name']!r} has more than a-z, 0-9 and _")
        if body["category"] not in CATEGORIES:
            problems.append(f"unknown category {body['category']}")
        if problems:
            raise broken(20001, problems[0])
        content.approval = "received"
        return 201, {"status": "received", "name": body["name"], "category": body["category"], "rejection_reason": ""}

    def fetch_approval(self, path: Json, query: Lists, body: Json) -> Answer:
        content = self._content(path["Sid"])
        return 200, {"sid": content.sid, "account_sid": self.account, "whatsapp": {"status": content.approval}}

    def show_typing(self, path: Json, form: Lists, body: Json) -> Answer:
        message = self.messages.get(form["messageId"][0])
        if message.direction != "inbound":
            raise broken(20404, "typing answers a message of a person")
        return 200, {"success": True}
