"""Webhook calls; the local Bot API only polls."""

from bot.playground.payloads import Json, Payload
from bot.playground.refusals import bad_request
from bot.playground.town import Town


def delete_webhook(town: Town, given: Payload) -> Json:
    if given.flag("drop_pending_updates"):
        town.updates.waiting.clear()
    return True


def set_webhook(town: Town, given: Payload) -> Json:
    if given.has("url"):
        raise bad_request("bad webhook: the local Bot API only serves polling")
    return delete_webhook(town, given)


def get_webhook_info(town: Town, _: Payload) -> Json:
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(town.updates.waiting),
        "allowed_updates": [*sorted(town.updates.allowed)],
    }
