"""The application on the wire."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.state.application import Application
from bot.standin.wire import user as people


def application(one: Application, guilds: int) -> Json:
    """Return the application object that its own bot gets."""
    return {
        "id": str(one.id),
        "name": one.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": people.user(one.bot),
        "bot_public": one.public,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": one.flags,
        "flags_new": str(one.flags),
        "redirect_uris": [],
        "interactions_endpoint_url": one.endpoint_url,
        "role_connections_verification_url": None,
        "owner": people.user(one.owner),
        "approximate_guild_count": guilds,
        "approximate_user_install_count": len(one.installed_by),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "integration_types_config": {str(kind): {} for kind in sorted(one.integration_types)},
        "eligible_oauth2_scopes": [],
    }
