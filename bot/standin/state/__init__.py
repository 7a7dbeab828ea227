"""What a Discord is made of: plain records that know nothing of the wire, and the world that holds them."""
