"""Why a file is covered little is said of files that are there, and the report says it."""

import importlib.util
import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location("report", ROOT / ".ci" / "coverage_by_folder.py")
report = importlib.util.module_from_spec(spec)
spec.loader.exec_module(report)
GIVEN = tomllib.loads(report.REASONS.read_text("utf-8"))


def test_every_reason_is_of_a_file_or_a_folder_that_is_there():
    assert [path for path in GIVEN if not (ROOT / path).exists()] == []
    assert all((ROOT / path).is_dir() == path.endswith("/") for path in GIVEN)
    assert all(text.endswith(".") for text in GIVEN.values())


def test_every_test_that_a_reason_names_is_there():
    named = {word for text in GIVEN.values() for word in text.replace(",", " ").split()
             if word.startswith("test_")}  # fmt: skip
    assert named
    assert [name for name in named if not list(ROOT.glob(f"tests/**/{name.rstrip('.')}"))] == []


def test_the_report_says_the_nearest_reason_or_that_there_is_none(tmp_path, capsys):
    half = {"covered_lines": 1, "covered_branches": 0, "num_statements": 2, "num_branches": 0}
    names = ("resnet_core/jobs/cluster/relay.py", "resnet_core/jobs/serving.py", "base/files.py")
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps({"files": {name: {"summary": half} for name in names}}))
    report.main(str(path))
    lines = {
        line.split()[2]: line for line in capsys.readouterr().out.splitlines() if ".py" in line
    }
    assert GIVEN["resnet_core/jobs/cluster/"] in lines["resnet_core/jobs/cluster/relay.py"]
    assert GIVEN["resnet_core/jobs/"] in lines["resnet_core/jobs/serving.py"]
    assert "NO REASON GIVEN" in lines["base/files.py"]
