"""The version of the code behind a number: a hash of what computes it, not of how it is worded.

Comments, docstrings, formatting, imports, types and messages do not count, so a record is called
stale only where the net, the loop, a probe or the claim's own formula has changed.
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
DIAGNOSED = ("nn/training/measuring.py", *(f"nn/diagnostics/{n}.py" for n in ("subject", "blocks")))
EVALUATED = "nn/training/evaluation.py"


def of_experiment(experiment: Experiment) -> str:
    """Return the fingerprint of the code that a run of the experiment executes."""
    places = [*TRAINED]
    if experiment.train.evaluate_images >= 100:  # fewer are only a look whether it works
        places.append(EVALUATED)
    if experiment.measure:
        places += [*DIAGNOSED, *(f"nn/diagnostics/{name}.py" for name in experiment.measure)]
    return _hash("".join(_code(path, part) for place in places for path, part in _files(place)))


def of_claim(claim: Claim) -> str:
    """Return the fingerprint of all that the claim's number depends on."""
    whole = (*claim.experiments, *claim.control.experiments)
    codes = sorted({of_experiment(experiment) for experiment in whole})
    if not whole:
        codes = [_code(path, part) for place in COUNTED for path, part in _files(place)]
    codes += [_formula(claim.measure), _formula(claim.control.measure)]
    return _hash("".join(codes))


def _formula(measure: Measure) -> str:
    """Return the code of a measure: its function, or the one of its module that made it."""
    name = measure.__qualname__.split(".")[0]
    tree = ast.parse(Path(inspect.getfile(measure)).read_text("utf-8"))
    found = [node for node in tree.body if getattr(node, "name", "") == name]
    return "".join(ast.dump(_Bare().visit(node)) for node in found or tree.body)


def _files(place: str) -> list[tuple[Path, str]]:
    """Return the files of a place, each with the one class in it that counts, or none."""
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
    """Leaves out docstrings, imports, types and what is worded for people."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        """Leave an import out: what is used by the name counts where it is written."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Leave an import out, as above."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Leave out what a function is said to return."""
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        """Leave out the type of an argument."""
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Leave out the type of a variable or a field."""
        if node.value is None:
            return ast.Constant(ast.unparse(node.target))
        return ast.Assign([node.target], self.visit(node.value))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if getattr(node.func, "id", "") in ("Message", "print"):
            return ast.Constant(None)
        return self.generic_visit(node)
