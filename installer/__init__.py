"""From a bare machine to a running program: the developer's one command, and packaging."""


class CannotSetUp(Exception):
    """Something this machine lacks; the message says what, and what to do about it."""
