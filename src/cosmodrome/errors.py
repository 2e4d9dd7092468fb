"""What can be wrong with the input, as one small tree.

CosmodromeError
├── MissionFileError      the mission file, with every problem in it at once
├── CatalogError          a catalog name or a catalog file
├── CatalogFolderError    a person's catalog folders, with every problem in them at once
├── UnreachableError      an orbit no trajectory of this site may reach, with what is reachable
├── QuestionError         a question whose options contradict physics or each other, with every finding
├── ImpossibleAscentError an ascent whose numbers contradict physics or each other, with every finding
├── MissingPackageError   an optional package that what is asked for needs
├── ExchangeFileError     an orbit file of another program (OEM, OPM, OMM, TLE, SP3), with the line
└── OutputError           a place where results cannot be written

"Does not close" is a result, never an exception.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class CosmodromeError(Exception):
    """Base of every error that broken input causes."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where, what was expected and given, what to do.

    `line` and `column` count from 1; 0 where the file has no such place. `path` names the file where there
    are several.
    """

    message: str
    line: int = 0
    column: int = 0
    length: int = 1
    label: str = ""
    help: str = ""
    path: str = ""


class MissionFileError(CosmodromeError):
    """A mission file that cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, path: str, problems: Sequence[Problem], rendered: str) -> None:
        super().__init__(rendered)
        self.path = path
        self.problems = tuple(problems)


class CatalogError(CosmodromeError):
    """A name that the catalog does not hold, or a catalog file that cannot be read."""


class CatalogFolderError(CosmodromeError):
    """Catalog folders that cannot be used; `problems` lists everything that is wrong in their files."""

    def __init__(self, problems: Sequence[Problem], rendered: str) -> None:
        super().__init__(rendered)
        self.problems = tuple(problems)


class UnreachableError(CosmodromeError):
    """An orbit outside what the site's position and azimuth limits allow."""


class QuestionError(CosmodromeError):
    """A question that cannot be answered as it is asked; `findings` holds a sentence for each reason."""

    def __init__(self, *findings: str) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return _listed(self.findings)


class ImpossibleAscentError(CosmodromeError):
    """An ascent that physics or its own numbers rule out; `findings` holds a sentence for each reason."""

    def __init__(self, *findings: str) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return _listed(self.findings)


def _listed(findings: Sequence[str]) -> str:
    """A line for each finding, and how many there are."""
    count = f"{len(findings)} error" + ("s" if len(findings) != 1 else "")
    return "\n".join(f"error: {finding}" for finding in findings) + f"\n\n{count}; nothing was computed."


class MissingPackageError(CosmodromeError):
    """An optional package that is not installed, with how to install it."""


class ExchangeFileError(CosmodromeError):
    """An orbit file that cannot be used: the place, what was expected, what is given, what to do.

    `line` counts from 1; 0 where the file has no such place.
    """

    def __init__(self, path: str, line: int, sentence: str) -> None:
        super().__init__(f"{path}:{line}: {sentence}" if line else f"{path}: {sentence}")
        self.path = path
        self.line = line
        self.sentence = sentence


class OutputError(CosmodromeError):
    """A place where results cannot be written."""
