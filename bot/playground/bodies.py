"""Bodies of calls: JSON, form and multipart, read into one payload."""

from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import parse_qsl

from bot.playground.payloads import Json, Payload, Upload, loads
from bot.playground.refusals import bad_request


def read_body(content_type: str, body: bytes, query: Mapping[str, str]) -> Payload:
    """Query parameters count too; the body wins."""
    values: dict[str, Json] = dict(query)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return Payload(values | _read_json(body))
    if kind == "application/x-www-form-urlencoded":
        return Payload(values | dict(parse_qsl(body.decode(), keep_blank_values=True)))
    if kind == "multipart/form-data":
        return _read_multipart(content_type, body, values)
    return Payload(values)


def _read_json(body: bytes) -> dict[str, Json]:
    if not body:
        return {}
    try:
        values = loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object: expected an Object")
    return values


def _read_multipart(content_type: str, body: bytes, values: dict[str, Json]) -> Payload:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    parsed = message_from_bytes(head + body, policy=policy.HTTP)
    uploads: dict[str, Upload] = {}
    for part in parsed.iter_parts() if isinstance(parsed, EmailMessage) else ():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        filename = part.get_filename()
        if filename is None:
            values[name] = content.decode()
        else:
            uploads[name] = Upload(filename, part.get_content_type(), content)
    return Payload(values, uploads)
