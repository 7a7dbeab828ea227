"""Tables, notebooks and structured data as text."""
