"""Show problems the way a compiler does: the line, a caret under the place, and what to do."""

from collections.abc import Iterable, Sequence

from cosmodrome.errors import Problem

_WIDEST = 110


def render(path: str, text: str, problems: Sequence[Problem]) -> str:
    """Write out every problem of a file, in the order of its lines.

    Parameters
    ----------
    path : str
        The file's name as the person gave it.
    text : str
        Its content.
    problems : sequence of Problem

    Returns
    -------
    str
        One block per problem and a closing line.
    """
    return render_files([(path, text, problems)])


def render_files(files: Iterable[tuple[str, str, Sequence[Problem]]]) -> str:
    """Write out every problem of several files: path, content and problems of each."""
    blocks = []
    for path, text, problems in files:
        lines = text.splitlines()
        blocks += [_block(path, lines, problem) for problem in problems]
    count = f"{len(blocks)} error" + ("s" if len(blocks) != 1 else "")
    return "\n\n".join(blocks) + f"\n\n{count}; nothing was computed."


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that say something, by line and column."""
    return sorted((p for p in problems if p.message), key=lambda p: (p.line, p.column))


def _block(path: str, lines: list[str], problem: Problem) -> str:
    width = len(str(problem.line)) if problem.line else 1
    gutter = " " * width
    block = [f"error: {problem.message}"]
    if problem.line:
        block.append(f"{gutter}--> {path}:{problem.line}:{problem.column}")
        source = lines[problem.line - 1] if problem.line <= len(lines) else ""
        shown, column = _cropped(source.replace("\t", " ").rstrip(), problem.column)
        carets = "^" * max(1, min(problem.length, _WIDEST - column + 1))
        block.append(f"{gutter} |")
        block.append(f"{problem.line} | {shown}".rstrip())
        block.append(f"{gutter} | {' ' * (column - 1)}{carets} {problem.label}".rstrip())
    else:
        block.append(f"{gutter}--> {path}")
    if problem.help:
        block.append(f"{gutter} = help: {problem.help}")
    return "\n".join(block)


def _cropped(source: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column, and the column in it."""
    if len(source) <= _WIDEST:
        return source, column
    first = max(0, min(column - 1 - _WIDEST // 3, len(source) - _WIDEST))
    shown = source[first : first + _WIDEST]
    before = "..." if first else ""
    after = "..." if first + _WIDEST < len(source) else ""
    return f"{before}{shown}{after}", column - first + len(before)
