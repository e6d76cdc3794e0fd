"""The methods by which the bot says how it wants its updates: setWebhook and its like."""

import re
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from bot.simulator.errors import bad_request
from bot.simulator.sending import Uploads
from bot.simulator.world import World

Json: TypeAlias = dict[str, Any]

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


def set_webhook(world: World, p: Json, _: Uploads) -> bool:
    """setWebhook. Plain http is taken too, which Telegram refuses: nothing leaves the machine."""
    address = urlsplit(p["url"])
    if p["url"] and not (address.scheme in ("http", "https") and address.hostname):
        raise bad_request("bad webhook: invalid URL specified")
    secret = p.get("secret_token", "")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains illegal characters")
    connections = p.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    if p.get("drop_pending_updates"):
        world.updates.drop()
    world.updates.allow(p.get("allowed_updates"))
    world.webhook.set(p["url"], secret, connections)
    world.changes.mark()
    return True


def delete_webhook(world: World, p: Json, _: Uploads) -> bool:
    """deleteWebhook: what waits stays, for getUpdates."""
    if p.get("drop_pending_updates"):
        world.updates.drop()
    world.webhook.set("", "")
    world.changes.mark()
    return True


def get_webhook_info(world: World, _: Json, __: Uploads) -> Json:
    """getWebhookInfo."""
    info = world.webhook.info()
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
