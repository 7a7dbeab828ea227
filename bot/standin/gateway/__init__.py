"""The gateway: the WebSocket on which a bot hears what happens."""
