"""Stand-ins for the world outside: each behaves like the real thing, or is the real thing kept in a private folder."""
