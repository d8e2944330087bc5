"""Trouble that was foreseen: what happened (what is safe first) and what to do, in plain words."""

from mppdesk.texts import Text


class ClerkError(Exception):
    """Something a person can act on; everything else that is raised is a bug."""

    def __init__(self, what_happened: Text, what_to_do: Text) -> None:
        super().__init__(f"{what_happened} {what_to_do}")
        self.what_happened = what_happened
        self.what_to_do = what_to_do

    def __reduce__(self) -> tuple[type["ClerkError"], tuple[Text, Text]]:
        return type(self), (self.what_happened, self.what_to_do)


class Refused(ClerkError):
    """A command changed nothing; the sentence says why."""


class BadInput(ClerkError):
    """What was typed, scanned or read from a file cannot be used."""


class NotAllowed(ClerkError):
    """The person signed in may not do this."""


class StorageTrouble(ClerkError):
    """The database cannot be opened, written or trusted."""


class PrinterTrouble(ClerkError):
    """A printer cannot take or confirm a slip."""
