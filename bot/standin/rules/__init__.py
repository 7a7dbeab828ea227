"""What Discord refuses, and what it makes of what it takes: limits, pings, blanking."""
