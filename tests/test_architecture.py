"""The shape of the code: import order, sizes, unit suffixes, what may print, what is exported."""

import ast
import re
from pathlib import Path

import pytest

import cosmodrome

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "cosmodrome"
FILES = sorted(SOURCE.rglob("*.py"))

# The tree of design.md, read from top to bottom: a module imports only from its own line or from above it.
LAYERS = (
    ("constants",),
    ("errors",),
    ("physics",),
    ("models",),
    ("tomlfile",),
    ("catalog",),
    ("missionfile",),
    ("ascent",),
    ("window",),
    ("injection", "injection_dispersion"),
    ("orbit",),
    ("operations",),
    ("budgets",),
    ("verdict",),
    ("analysis", "payload_question", "payload_study", "studies"),
    ("campaign",),
    ("outputs",),
    ("web",),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

LONGEST_BODY, LONGEST_FILE, LONGEST_CLASS, MOST_POSITIONAL = 50, 400, 200, 5


def _relative(path):
    return str(path.relative_to(SOURCE))


def _layer(dotted):
    return dotted.split(".")[1] if dotted.count(".") else dotted


def _imports(tree):
    """Modules of the package that a file imports when it runs; type-checking imports do not run."""
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("cosmodrome"):
            if node.module == "cosmodrome":
                yield from (f"cosmodrome.{alias.name}" for alias in node.names)
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("cosmodrome."))


@pytest.mark.parametrize("path", FILES, ids=_relative)
def test_imports_follow_the_tree(path):
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    upward = [m for m in _imports(ast.parse(path.read_text())) if RANK[_layer(m)] > RANK[own]]
    assert not upward, f"{own} imports from below: {upward}"


@pytest.mark.parametrize("path", FILES, ids=_relative)
def test_sizes(path):
    text = path.read_text()
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert node.end_lineno - node.lineno < LONGEST_CLASS, node.name
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            assert node.end_lineno - body[0].lineno < LONGEST_BODY, node.name


def _positional(node, is_method):
    required = len(node.args.posonlyargs) + len(node.args.args) - len(node.args.defaults)
    return required - (1 if is_method else 0)


def test_public_functions_have_few_required_parameters():
    crowded = []
    for path in FILES:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                is_command = any("click.command" in ast.unparse(d) for d in node.decorator_list)
                if _positional(node, is_method=False) > MOST_POSITIONAL and not is_command:
                    crowded.append(f"{_relative(path)}: {node.name}")
    assert not crowded


def _nomenclature():
    text = (ROOT / "docs" / "nomenclature.md").read_text()
    suffixes, names = text.split("## Dimensionless names")
    return _listed(suffixes), set(_listed(names))


def _listed(section):
    """Names in the first column of the section's tables."""
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([a-z_0-9]+)`", row)]


def _number_fields():
    """Fields of the models and results that hold numbers, as (place, name)."""
    numeric = re.compile(
        r"\b(float|Array|NDArray|Quantity|Mass|Thrust|Length|SpecificImpulse|Altitude|Inclination)\b"
    )
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    annotation = ast.unparse(item.annotation)
                    if numeric.search(annotation) and "Callable" not in annotation:
                        yield f"{_relative(path)}: {node.name}", item.target.id


def test_every_number_carries_its_unit():
    suffixes, plain = _nomenclature()
    assert len(suffixes) > 20
    nameless = [
        f"{place}.{name}"
        for place, name in _number_fields()
        if name not in plain and not any(name.endswith(suffix) for suffix in suffixes)
    ]
    assert not nameless, "not in docs/nomenclature.md: " + ", ".join(nameless)


def test_only_the_command_line_prints():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "click.echo"):
                assert path.parent.name == "cli", _relative(path)


def test_no_module_holds_mutable_state():
    for path in FILES:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List | ast.Set):
                names = ast.unparse(node).split("=")[0].strip()
                assert names == "__all__", f"{_relative(path)}: {names}"


def test_satkit_is_imported_in_one_module():
    users = [_relative(p) for p in FILES if re.search(r"^\s*(import|from) satkit\b", p.read_text(), re.M)]
    assert users == ["orbit/integrator.py"]


def test_exported_names_exist():
    for name in cosmodrome.__all__:
        assert getattr(cosmodrome, name).__doc__


def test_unknown_names_are_refused():
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        cosmodrome.no_such_name  # noqa: B018  the access is the test
