"""How the state looks on the wire: one function a noun, state in, JSON out."""
