"""What a scenario took from the building for good, and what it doubled: for that nobody is to blame in the evening."""

from dataclasses import dataclass, field


@dataclass
class Lost:
    """Entries and data keys that were on no other disk when the scenario destroyed theirs, by their ids.

    `copied` are the devices whose disk was ever copied or put back.
    """

    entry_ids: set[str] = field(default_factory=set)
    key_ids: set[str] = field(default_factory=set)
    copied: set[str] = field(default_factory=set)
