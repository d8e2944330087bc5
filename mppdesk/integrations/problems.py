"""What is wrong with a file that a person wrote: where, and in a sentence."""

from dataclasses import dataclass
from enum import StrEnum

from mppdesk.texts import Text, msg

MOST_TOLD = 1000


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

    def __str__(self) -> str:
        place = f"{self.file}, {self.path}" if self.path else self.file
        return f"{place}: {self.sentence}"


class ProblemLog:
    """The problems of one file, in the order they were found.

    Beyond MOST_TOLD they are only counted, and one error says how many: a file of rubbish must not fill the memory.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.error_count = 0
        self._told: list[Problem] = []
        self._left_out = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        if not self._left_out:
            return tuple(self._told)
        sentence = msg("Masih ada {count} masalah lain di berkas ini.", count=self._left_out)
        return (*self._told, Problem(Severity.ERROR, self.file, "", sentence))

    def error(self, path: str, sentence: Text) -> None:
        self.error_count += 1
        self._add(Problem(Severity.ERROR, self.file, path, sentence))

    def warning(self, path: str, sentence: Text) -> None:
        self._add(Problem(Severity.WARNING, self.file, path, sentence))

    def _add(self, problem: Problem) -> None:
        if len(self._told) < MOST_TOLD:
            self._told.append(problem)
        else:
            self._left_out += 1
