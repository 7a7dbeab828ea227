"""The application on the wire."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.state.application import Application
from bot.standin.wire import user as people


def application(app: Application, guilds: int) -> Json:
    """Return the application object that its own bot gets."""
    return {
        "id": str(app.id),
        "name": app.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": people.user(app.bot),
        "bot_public": app.public,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": app.flags,
        "flags_new": str(app.flags),
        "redirect_uris": [],
        "interactions_endpoint_url": app.endpoint_url,
        "role_connections_verification_url": None,
        "owner": people.user(app.owner),
        "approximate_guild_count": guilds,
        "approximate_user_install_count": len(app.installed_by),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "integration_types_config": {str(kind): {} for kind in sorted(app.integration_types)},
        "eligible_oauth2_scopes": [],
    }
