"""Journals of other stations: the protocol, one exchange, when to exchange, and the hub of the building over HTTP."""
