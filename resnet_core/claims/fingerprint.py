"""Compute a hash of the code behind a number, which ignores how the code is worded.

Comments, docstrings, formatting, imports, types and messages do not count. A record is therefore
stale only if the net, the loop, a probe or the claim's own formula has changed.
"""

import ast
import hashlib
import inspect
from functools import cache
from pathlib import Path

from resnet_core.claims.claim import Claim, Measure
from resnet_core.experiment.config import Experiment

ROOT = Path(__file__).resolve().parent.parent
COUNTED = ("experiment/arithmetic.py", "experiment/plan")
TRAINED = (
    "nn/resnet",
    "nn/training/arms.py",
    "nn/training/loop.py:Training",
    "nn/training/optimizers",
    "nn/diagnostics/gradient_flow.py",
    "experiment/schedules",
    "data/batches.py",
    *COUNTED,
)
DIAGNOSED = (
    "nn/training/measuring.py",
    *(f"nn/diagnostics/nets/{n}.py" for n in ("subject", "blocks")),
)
FINE_TUNED = (
    *(f"nn/training/fine_tuning/{n}.py" for n in ("arm", "by_weight", "classes", "source", "run")),
    "experiment/fine_tuning/norms",
    "experiment/fine_tuning/parts",
    "experiment/fine_tuning/splits",
    "experiment/fine_tuning/way.py",
    "experiment/fine_tuning/config.py",
)
EVALUATED = "nn/training/evaluation.py"


def of_experiment(experiment: Experiment) -> str:
    """Return the fingerprint of the code that a run of the experiment executes."""
    places = [*TRAINED]
    if experiment.train.evaluate_images >= 100:  # fewer images only check that the evaluation works
        places.append(EVALUATED)
    if experiment.fine_tuning is not None:
        places += FINE_TUNED
    if experiment.measure:
        places += [*DIAGNOSED, *(f"nn/diagnostics/{name}.py" for name in experiment.measure)]
    return _hash("".join(_code(path, part) for place in places for path, part in _files(place)))


def of_claim(claim: Claim) -> str:
    """Return the fingerprint of all code that the claim's number depends on."""
    whole = (*claim.experiments, *claim.control.experiments)
    codes = sorted({of_experiment(experiment) for experiment in whole})
    if not whole:
        codes = [_code(path, part) for place in COUNTED for path, part in _files(place)]
    codes += [_formula(claim.measure), _formula(claim.control.measure)]
    return _hash("".join(codes))


def _formula(measure: Measure) -> str:
    """Return the code of a measure: its function, or the function of its module that made it."""
    name = measure.__qualname__.split(".")[0]
    tree = ast.parse(Path(inspect.getfile(measure)).read_text("utf-8"))
    found = [node for node in tree.body if getattr(node, "name", "") == name]
    return "".join(ast.dump(_Bare().visit(node)) for node in found or tree.body)


def _files(place: str) -> list[tuple[Path, str]]:
    """Return the files of a place, each with the class that counts, or "" for the whole file."""
    name, _, part = place.partition(":")
    path = ROOT / name
    return [(path, part)] if path.is_file() else [(one, "") for one in sorted(path.rglob("*.py"))]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _code(path: Path, part: str) -> str:
    return _stripped(path, part, path.stat().st_mtime_ns)


@cache
def _stripped(path: Path, part: str, _changed: int) -> str:
    tree = ast.parse(path.read_text("utf-8"))
    tree.body = [node for node in tree.body if part in ("", getattr(node, "name", ""))]
    return ast.dump(_Bare().visit(tree))


class _Bare(ast.NodeTransformer):
    """Remove docstrings, imports, types and text for people from a syntax tree."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        """Remove an import: what it names counts in the file that defines it."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Remove an import, as above."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Remove the return type of a function."""
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        """Remove the type of an argument."""
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Remove the type of a variable or a field."""
        if node.value is None:
            return ast.Constant(ast.unparse(node.target))
        return ast.Assign([node.target], self.visit(node.value))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if getattr(node.func, "id", "") in ("Message", "print"):
            return ast.Constant(None)
        return self.generic_visit(node)
