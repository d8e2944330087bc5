"""Personal texts and secrets: sealed, searched without being read, destroyed when somebody is forgotten."""
