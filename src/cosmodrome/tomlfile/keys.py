"""Say which keys a table holds that it should not, and which it lacks."""

import difflib
from collections.abc import Sequence
from typing import Any, Final

from cosmodrome.errors import Problem
from cosmodrome.models.quantity import Quantity
from cosmodrome.tomlfile.fields import Grammar, value_at, without_numbers
from cosmodrome.tomlfile.location import Locator, bracketed
from cosmodrome.tomlfile.scanner import Path

SOURCED: Final = '{{ value = {}, source = "..." }}'


class KeyWording:
    """Makes problems of unknown and missing keys."""

    def __init__(self, document: dict[str, Any], spot: Locator, grammar: Grammar) -> None:
        """Take the file as parsed, what places problems in it, and what it may hold."""
        self._document = document
        self._spot = spot
        self._grammar = grammar

    def unknown(self, path: Path, missing: list[Path]) -> Problem:
        """An unknown key; takes the missing key that it was meant for off the list."""
        key, parent = str(path[-1]), path[:-1]
        absent = [str(p[-1]) for p in missing if p[:-1] == parent]
        table = value_at(parent, self._document)
        known = self._grammar.keys_at(parent, self._document)
        free = [name for name in known if name not in (table or {})]
        if near := difflib.get_close_matches(key, absent, n=1, cutoff=0.6):
            missing.remove((*parent, near[0]))
            help = f"did you mean '{near[0]}'? (it is also missing)"
        elif near := difflib.get_close_matches(key, free, n=1, cutoff=0.6):
            help = f"did you mean '{near[0]}'?"
        else:
            help = f"known keys: {', '.join(known)}"
        span = self._spot.place(path).key
        return self._spot.problem(span, f"unknown key '{key}'", parent, help)

    def missing(self, paths: Sequence[Path]) -> Problem:
        """Keys that one table lacks."""
        if not paths:
            return Problem("")
        parent = paths[0][:-1]
        keys = [str(path[-1]) for path in paths]
        word = "key" if len(keys) == 1 else "keys"
        message = f"missing {word} " + ", ".join(f"'{key}'" for key in keys)
        if len(parent) == 1 and parent[0] in self._grammar.examples and len(keys) > 1:
            example = self._grammar.examples[str(parent[0])]
            help = f'describe it in full, or take it from the catalog: catalog = "{example}"'
        else:
            help = "add " + ", ".join(self._line_to_add(path) for path in paths)
            foundation = self._grammar.foundations.get(without_numbers(parent))
            help += f"; or build it on another: {foundation}" if foundation and len(keys) > 1 else ""
        if not parent:
            return Problem(message, help=help)
        place = self._spot.place(parent)
        is_header = place.key == place.value and not isinstance(parent[-1], int)
        return self._spot.problem(place.key, message, () if is_header else parent, help)

    def _line_to_add(self, path: Path) -> str:
        """How a missing key is written."""
        key = str(path[-1])
        if len(path) == 1 and key in self._grammar.examples:
            return f'{key} = "{self._grammar.examples[key]}"'
        gloss = self.gloss(path)
        described = f" ({in_a_sentence(gloss)})" if gloss else ""
        models = self._grammar.models_at(path, self._document)
        if any(model is not Quantity for model in models):
            is_array = self._grammar.type_of(path, self._document) is tuple
            return f"[{bracketed(path)}]{described}" if is_array else f"{bracketed(path)}{described}"
        sourced = self._grammar.is_sourced and models
        text = '"..."' if self._grammar.type_of(path, self._document) is str else "..."
        return f"{key} = {SOURCED.format('...') if sourced else text}{described}"

    def gloss(self, path: Path) -> str:
        """What a key means, unless that only repeats the key."""
        description = self._grammar.description_of(path, self._document)
        repeated = str(path[-1]).replace("_", " ").startswith(description.rstrip(".").lower())
        return "" if repeated else description


def in_a_sentence(gloss: str) -> str:
    """What a key means, as a part of a sentence: 'The mass.' becomes 'the mass', 'RF output.' 'RF output'."""
    is_abbreviation = not gloss[1:2].islower() and gloss[1:2] != " "
    return (gloss if is_abbreviation else gloss[:1].lower() + gloss[1:]).rstrip(".")
