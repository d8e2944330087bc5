"""What is wrong with a file that a person wrote: where, and in a sentence."""

from dataclasses import dataclass
from enum import StrEnum

from mppdesk.texts import Text


class Severity(StrEnum):
    """An error lets nothing of the reading be used; a warning is for the eyes of the one who wrote the file."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`file` is the file's name, `path` the place in it (`services[2].fee.amount`, counted from 0; may be empty)."""

    severity: Severity
    file: str
    path: str
    sentence: Text


class ProblemLog:
    """The problems of one file, in the order they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def error(self, path: str, sentence: Text) -> None:
        self.problems.append(Problem(Severity.ERROR, self.file, path, sentence))

    def warning(self, path: str, sentence: Text) -> None:
        self.problems.append(Problem(Severity.WARNING, self.file, path, sentence))

    @property
    def error_count(self) -> int:
        return sum(1 for problem in self.problems if problem.severity is Severity.ERROR)
