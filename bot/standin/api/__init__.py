"""Discord's HTTP API, version 10: routes, limits, faults."""
