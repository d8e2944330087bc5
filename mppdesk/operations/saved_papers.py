"""The paper of a file as PDF in a folder of the clerk's choice: what was saved, and where it may go."""

from dataclasses import dataclass
from pathlib import Path

from mppdesk.domain.slip import SlipKind


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A copy in a file: of which paper of which number, the n of its SALINAN n, and where it lies."""

    kind: SlipKind
    number: str
    copy_number: int
    file: Path


@dataclass(frozen=True, slots=True)
class SavingPlace:
    """A folder to save into, under the name that people know it by; `is_usual` where the next paper goes unasked."""

    folder: Path
    name: str
    is_usual: bool = False
