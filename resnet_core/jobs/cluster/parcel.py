"""Define what is sent to a node and what comes back: files of a run folder, by name."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from resnet_core import runs
from resnet_core.experiment.config import SHIPPED
from resnet_core.runs.checkpoints import KEPT

# The node needs the log to know how far the run is and what its summaries show. It does not need
# the flow of every layer, which is most of a log's bytes.
LEFT_AT_HOME = (b'{"kind":"flow",', b'{"kind":"probe",')


@dataclass(frozen=True)
class Parcel:
    """Hold a run as a node needs it.

    `files` are those of its folder, `others` those of the run whose weights it starts from.
    `waited_s` is the number of seconds since Start was pressed, by the clock of the machine that
    sends it.
    """

    run: str
    files: dict[str, bytes]
    others: dict[str, bytes]
    waited_s: float


@dataclass(frozen=True)
class Known:
    """Hold what has arrived at home: bytes of each file that grows, and names of checkpoints."""

    grown: dict[str, int] = field(default_factory=dict)
    checkpoints: frozenset[str] = frozenset()


@dataclass(frozen=True)
class News:
    """Hold what a run's folder on the node has beyond what is known at home.

    `grown` has the further bytes of each file, and `checkpoints` whole files by name. The log is
    read after the checkpoints, so that it reaches at least as far as they do. `over` says that
    nothing more comes.
    """

    grown: dict[str, bytes]
    checkpoints: dict[str, bytes]
    over: bool


def pack(run: runs.Run, waited_s: float) -> Parcel:
    """Return what a node needs to continue a run from the state of its folder."""
    folder = run.folder
    files = {runs.SPEC: (folder / runs.SPEC).read_bytes(), runs.EVENTS: _log(folder)}
    if (folder / runs.CONTROL).is_file():
        files[runs.CONTROL] = (folder / runs.CONTROL).read_bytes()
    files |= _checkpoints(folder, KEPT)
    weights, others = run.experiment.weights, {}
    if weights and weights != SHIPPED:
        kept = _checkpoints(folder.parent / weights, 1)
        others = {f"{weights}/{name}": data for name, data in kept.items()}
    return Parcel(run.id, files, others, waited_s)


def unpack(parcel: Parcel, root: Path) -> Path:
    """Write a parcel's files under a folder of runs, and return the run's own folder."""
    folder = root / parcel.run
    for name, data in parcel.files.items():
        write(folder, name, data)
    for name, data in parcel.others.items():
        write(root, name, data)
    return folder


def write(folder: Path, name: str, data: bytes) -> None:
    """Write a file below a folder."""
    path = inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file below a folder. Raises ValueError for a name that leads outside."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts:
        raise ValueError(f"expected the name of a file below the run's folder, received {name!r}")
    return folder.joinpath(*pure.parts)


def look(folder: Path, known: Known, over: bool) -> News:
    """Return what a run's folder has that is not known yet. The log is sent in whole lines."""
    checkpoints = {}
    for path in sorted((folder / runs.CHECKPOINTS).glob("step-*.npz")):
        if path.name not in known.checkpoints and (whole := _from(path, 0)):
            checkpoints[path.name] = whole  # it is empty if a later one has just replaced it
    grown = {}
    for path in (folder / runs.EVENTS, folder / runs.LOG, *_summaries(folder)):
        name = path.relative_to(folder).as_posix()
        more = _from(path, known.grown.get(name, 0))
        if path.name == runs.EVENTS:
            more = more[: more.rfind(b"\n") + 1]
        if more:
            grown[name] = more
    return News(grown, checkpoints, over)


def _log(folder: Path) -> bytes:
    try:
        lines = (folder / runs.EVENTS).read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return b""
    return b"".join(line for line in lines if not line.startswith(LEFT_AT_HOME))


def _checkpoints(folder: Path, most: int) -> dict[str, bytes]:
    newest = sorted((folder / runs.CHECKPOINTS).glob("step-*.npz"))[-most:]
    return {f"{runs.CHECKPOINTS}/{path.name}": path.read_bytes() for path in newest}


def _summaries(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / runs.SUMMARIES).rglob("*") if path.is_file())


def _from(path: Path, offset: int) -> bytes:
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            return file.read()
    except FileNotFoundError:
        return b""
