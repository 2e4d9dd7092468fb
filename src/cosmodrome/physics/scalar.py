"""The maths of plain floats, to be named by the keyword `xp` where arrays would only cost time."""

from math import atan2, cos, exp, log, sin, sqrt

__all__ = ["atan2", "cos", "exp", "fmax", "fmin", "log", "sin", "sqrt"]


def fmax(a: float, b: float) -> float:
    """The larger of two numbers."""
    return a if a > b else b


def fmin(a: float, b: float) -> float:
    """The smaller of two numbers."""
    return a if a < b else b
