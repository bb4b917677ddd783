"""Which part may import which: the arrows of the house, read from the source."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    path
    for folder in ("pages", "ui", "study", "resnet_core", "base")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "template" not in path.parts
]
OURS = {"pages", "ui", "study", "resnet_core", "base"}
STUDY_MAY = {"experiment", "claims", "runs", "diagnosis"}  # rooms of resnet_core
# What a room may import of its own floor, besides itself.
ROOMS = {
    "resnet_core": {
        "experiment": set(),
        "data": {"experiment"},
        "runs": {"experiment"},
        "diagnosis": {"experiment", "runs"},
        "shipped": {"experiment", "runs"},
        "standalone": {"data", "experiment", "runs"},
        "claims": {"diagnosis", "experiment", "runs"},
        "jobs": {"data", "experiment", "runs"},
        "library": {"claims", "experiment", "runs"},
        "bench": {"data", "experiment"},
        "commands": {
            *("bench", "claims", "data", "diagnosis", "experiment", "jobs", "runs", "shipped"),
            "standalone",
        },
        "nn": {"bench", "data", "diagnosis", "experiment", "jobs", "runs", "shipped"},
    },
    "study": {
        "bank": set(),
        "practice": {"bank", "reviews"},
        "reviews": set(),
        "classroom": {"bank", "reviews", "scheduling"},
        "scheduling": {"bank", "practice", "reviews"},
        "sandbox": set(),
        "export": {"bank", "practice", "reviews"},
        "check": {"bank", "practice", "sandbox"},
    },
    "ui": {
        "shell": set(),
        "shared": {"shell"},
        "charts": {"shared", "shell"},
        "home": {"charts", "lab", "shared", "shell"},
        "claims": {"lab", "shared", "shell"},
        "reading": {"charts", "claims", "lab", "shared", "shell", "snippets"},
        "snippets": {"shared", "shell"},
        "quiz": {"charts", "shared", "shell", "snippets"},
        "lab": {"charts", "shared", "shell"},
        "library": {"charts", "lab", "shared", "shell"},
        "progress": {"charts", "shared", "shell"},
        "settings": {"home", "shared", "shell"},
        "class_": {"charts", "lab", "shared", "shell"},
    },
}
# The same for the rooms within a room.
SANDBOX_ROOMS = {"inside": set(), "isolation": {"inside"}, "running": {"isolation"}}
POSIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "tty"}


def imports(path: Path, *, top_level: bool = False) -> set[str]:
    """Dotted names of what a file imports, `from a import b` as a.b."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = _at_module_level(tree.body) if top_level else ast.walk(tree)
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _at_module_level(body):
    for node in body:
        yield node
        if isinstance(node, ast.If | ast.Try):
            yield from _at_module_level([*node.body, *node.orelse])


def part(path: Path) -> str:
    inside = path.relative_to(ROOT).parts
    return "resnet_core.nn" if inside[:2] == ("resnet_core", "nn") else inside[0]


def allowed(path: Path, name: str) -> bool:
    here, (root, *rooms) = part(path), name.split(".")
    if root not in OURS or root == "base":
        return True
    if name.startswith("resnet_core.nn"):
        return here == "resnet_core.nn"
    return {
        "base": False,
        "pages": root == "ui",
        "ui": root in ("ui", "study", "resnet_core"),
        "study": root == "study" or (root == "resnet_core" and rooms[0] in STUDY_MAY),
        "resnet_core": root == "resnet_core",
        "resnet_core.nn": root == "resnet_core",
    }[here]


def room_of(path: Path) -> tuple[str, str]:
    """Return the floor and the room of a file; the room is empty for files of the floor itself."""
    floor, *inside = path.relative_to(ROOT).parts
    return floor, inside[0] if len(inside) > 1 else ""


def other_rooms(path: Path) -> set[str]:
    """Return the rooms of its own floor that a file imports, besides its own."""
    floor, room = room_of(path)
    named = {name.split(".")[1] for name in imports(path) if name.startswith(f"{floor}.")}
    return (named & set(ROOMS[floor])) - {room}


@pytest.mark.parametrize("floor", ROOMS)
def test_every_room_has_its_arrows_and_says_what_lives_in_it(floor):
    rooms = {path.parent for path in (ROOT / floor).glob("*/__init__.py")}
    assert {path.name for path in rooms} == set(ROOMS[floor])
    assert all(ast.get_docstring(ast.parse((p / "__init__.py").read_text())) for p in rooms)


def test_a_room_imports_only_the_rooms_it_may():
    wrong = {
        str(path.relative_to(ROOT)): strangers
        for path in FILES
        if (room := room_of(path))[0] in ROOMS and room[1]
        if (strangers := other_rooms(path) - ROOMS[room[0]][room[1]])
    }
    assert wrong == {}


@pytest.mark.parametrize("room", SANDBOX_ROOMS)
def test_rooms_of_the_sandbox_import_only_the_rooms_below_them(room):
    files = list((ROOT / "study" / "sandbox" / room).glob("*.py"))
    named = {name.split(".")[2] for path in files for name in imports(path)
             if name.startswith("study.sandbox.")}  # fmt: skip
    assert len(files) > 1
    assert (named & set(SANDBOX_ROOMS)) - {room} <= SANDBOX_ROOMS[room]


def test_no_two_rooms_import_each_other():
    for floor, arrows in ROOMS.items():
        circles = {(a, b) for a in arrows for b in arrows[a] if a in arrows[b]}
        assert circles == set(), floor


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_folder_may(path):
    assert [name for name in sorted(imports(path)) if not allowed(path, name)] == []


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("tensorflow", {"resnet_core.nn"}),
        ("keras", {"resnet_core.nn"}),
        ("streamlit", {"pages", "ui"}),
        ("sqlalchemy", {"study"}),
        ("fsrs", {"study"}),
    ],
)
def test_a_library_stays_in_its_folders(library, homes):
    users = {part(path) for path in FILES for n in imports(path) if n.split(".")[0] == library}
    assert users and users <= homes


def test_the_address_is_read_and_written_in_one_place():
    users = {str(path.relative_to(ROOT)) for path in FILES if "st.query_params" in path.read_text()}
    assert users == {"ui/shell/address.py"}


def test_ray_is_imported_in_the_room_of_the_cluster_and_only_when_it_is_asked_for():
    users = {path for path in FILES for n in imports(path) if n.split(".")[0] == "ray"}
    assert {path.parent for path in users} == {ROOT / "resnet_core" / "jobs" / "cluster"}
    at_once = {path for path in users for n in imports(path, top_level=True) if n[:3] == "ray"}
    assert at_once == set()


def test_nothing_posix_only_is_imported_at_module_level():
    found = {
        str(path.relative_to(ROOT)): names
        for path in FILES
        if (names := {n.split(".")[0] for n in imports(path, top_level=True)} & POSIX_ONLY)
    }
    assert found == {}


def test_no_file_of_ui_takes_the_name_of_a_library():
    """Streamlit puts ui/ first on the path."""
    names = {path.stem for path in (ROOT / "ui").iterdir() if path.stem[:2] != "__"}
    declared = {
        line.split(">")[0].split("=")[0].strip()
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    }
    assert names & (set(sys.stdlib_module_names) | declared | OURS) == set()
