"""Each rule of `python -m study check` sees what it is for, and says where."""

import json
import shutil

import pytest

from study.bank import loading as banks
from study.bank.question import Problem
from study.check import command, execution, new
from study.practice.spelling import same_output

ID = "why-shortcuts"


@pytest.fixture
def root(tmp_path):
    """A copy of the bank that may be broken."""
    return shutil.copytree(banks.ROOT, tmp_path / "questions")


def problems(root) -> list[Problem]:
    return command.check(banks.load(root), [], root)


def broken(root, name: str, old: str, new_text: str) -> list[Problem]:
    """What is said of the question once a text in a file of it has been replaced."""
    path = root / "shortcuts" / ID / name
    text = path.read_text("utf-8")
    assert old in text, f"{name} no longer holds {old!r}; choose another text to break"
    path.write_text(text.replace(old, new_text, 1), "utf-8")
    return command.check(banks.load(root), [ID], root)


def test_the_bank_that_ships_is_clean():
    assert [str(problem) for problem in command.check(banks.load())] == []


@pytest.mark.parametrize(
    ("old", "new_text", "said"),
    [
        ('"residual-block", "resnet-anatomy", "why', '"nobody", "resnet-anatomy", "why', "no such"),
        ('"why-shortcuts", "signal-flow"', '"why-shortcuts", "why-shortcuts"', "names it twice"),
        (
            '"why-shortcuts", "signal-flow", "three',
            '"signal-flow", "why-shortcuts", "three',
            "later",
        ),
    ],
)
def test_a_path_names_each_question_once_and_after_what_it_builds_on(root, old, new_text, said):
    path = root / "paths.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text, 1), "utf-8")
    assert any(p.rule == "paths" and said in p.message for p in problems(root))


BREAKS = {
    "schema": ("question.toml", "level   = 2", "level   = 9"),
    "points": ("question.toml", "degradation = 2", "degradation = 3"),
    "items": ("question.toml", 'answer = "none"', 'answer = "nobody"'),
    "links": ("question.toml", 'lab     = "skips-56"', 'lab     = "skips-57"'),
    "sources": ("en.md", "[he15 §4.1, Fig. 4]", "[he99 §4.1]"),
    "sections": ("en.md", "## board", "## bord"),
    "parity": ("zh.md", "- `free` ", "- `gratis` "),
    "reasons": ("en.md", "> `double` ", "> "),
    "numbers": ("zh.md", "27.94", "27.49"),
    "math": ("en.md", "$F(x)=H(x)-x$", "$F(x)=H(x)-x"),
    "markdown": ("en.md", "Shortcuts fix degradation.", "<b>Shortcuts</b>"),
    "length": ("en.md", "## short\n", "## short\n" + "more words here " * 40),
    "units": ("question.toml", 'unit = "blocks"', 'unit = "boxes"'),
    "punctuation": ("zh.md", "代价几乎没有。", "代价几乎没有:真"),
}


@pytest.mark.parametrize("rule", sorted(BREAKS))
def test_a_break_is_seen_by_its_rule(root, rule):
    found = broken(root, *BREAKS[rule])
    assert rule in {problem.rule for problem in found}
    assert all(problem.line >= 1 and problem.path.exists() for problem in found)


def test_the_line_is_the_one_that_is_wrong(root):
    broken(root, "question.toml", "level   = 2", "level   = 9")
    found = problems(root)
    assert [(p.path.name, p.line) for p in found] == [("question.toml", 2)]


def test_a_prompt_that_holds_the_right_answer_gives_it_away(root):
    found = broken(
        root,
        "en.md",
        '### `what-degrades` "Degradation" in the 2015 paper means',
        "### `what-degrades` the training error of plain nets: it means",
    )
    assert "gives-away" in {problem.rule for problem in found}


def test_an_id_used_twice_is_refused_in_both_places(root):
    shutil.copytree(root / "shortcuts" / ID, root / "anatomy" / ID)
    found = [p for p in problems(root) if p.rule == "unique"]
    assert {p.path.parent.parent.name for p in found} == {"shortcuts", "anatomy"}


def test_toml_that_does_not_parse_is_one_problem_and_the_rest_loads(root):
    found = broken(root, "question.toml", "level   = 2", "level   = = 2")
    assert "toml" in {p.rule for p in found}
    assert len(banks.load(root).questions) == len(banks.load().questions) - 1


def test_what_is_wrong_in_a_draft_is_a_warning(root):
    path = root / "shortcuts" / ID / "question.toml"
    path.write_text(path.read_text("utf-8").replace('zh = "done"', 'zh = "draft"'), "utf-8")
    found = broken(root, "en.md", "## board", "## bord")
    assert {p.severity for p in found} == {"warning"}


def test_a_new_question_loads_and_only_lacks_its_content(root):
    folder = new.make("shortcuts/gated-shortcuts", root)
    found = [p for p in problems(root) if p.path.is_relative_to(folder)]
    assert {p.severity for p in found} == {"warning"}
    assert {p.rule for p in found} <= {"markdown", "length", "snippet"}
    assert banks.load(root).get("gated-shortcuts") is not None


@pytest.mark.parametrize("name", ["x", "nowhere/x", "shortcuts/Bad_Name", f"anatomy/{ID}", "../x"])
def test_a_name_that_cannot_be_used_is_refused_and_nothing_is_made(root, name):
    before = sorted(root.rglob("*"))
    with pytest.raises(ValueError):
        new.make(name, root)
    assert sorted(root.rglob("*")) == before


def test_json_counts_what_is_there(capsys):
    args = type("Args", (), {"ids": [], "run": False, "record": False, "json": True})
    assert command.main(args) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["problems"] == []
    assert {row["form"] for row in told["guessability"]} >= {"choice", "bug", "answer"}
    assert told["counts"]["questions"] == len(banks.load().questions)
    assert sum(told["counts"]["forms"].values()) == told["counts"]["items"]


def test_an_id_that_does_not_exist_is_said(capsys):
    args = type("Args", (), {"ids": ["no/such"], "run": False, "record": False, "json": False})
    assert command.main(args) == 2
    assert "no/such" in capsys.readouterr().err


def test_numbers_are_compared_within_the_tolerance_and_words_exactly():
    assert same_output("loss 1.00 at 3", "loss 1.01 at 3", 0.02)
    assert not same_output("loss 1.00 at 3", "loss 1.10 at 3", 0.02)
    assert not same_output("loss 1.00", "gain 1.00", 0.02)
    assert not same_output("loss 1.00", "loss 1.00 2.0", 0.02)
    assert not same_output("1.00", "1.01")


def test_every_code_item_has_a_beginning_a_solution_and_two_wrong_versions():
    """That hidden cases pass the solution alone is seen in test_snippets.py."""
    items = [item for item in banks.load().items if item.form == "code"]
    assert items
    for item in items:
        wrong = [ending for ending in item.files if ending.startswith(".wrong")]
        assert {"", ".solution", ".check"} <= set(item.files) and len(wrong) >= 2, item.id


def test_hidden_cases_that_pass_a_wrong_version_are_refused(root):
    path = root / "shortcuts" / ID / "code-1.check.py"
    path.write_text("def case_identity(m):\n    return 1\n", "utf-8")
    question = banks.load(root).get(ID)
    item = next(i for i in question.items if i.form == "code")
    found = [p for run in execution._code(question, item) for p in run.problems]
    assert {p.path.name for p in found} == {"code-1.py", "code-1.wrong-1.py", "code-1.wrong-2.py"}


def test_a_hidden_case_without_words_is_seen(root):
    found = broken(root, "code-1.check.py", "def case_zeros", "def case_nothing")
    assert "parity" in {problem.rule for problem in found}


def test_a_hint_in_one_language_is_seen(root):
    found = broken(root, "question.toml", '{zh = "先按', '{de = "先按')
    assert "items" in {problem.rule for problem in found}


def test_a_symptom_is_a_whole_word():
    shown = type("Result", (), {"stdout": "channels: 16\n", "stderr": ""})
    assert execution.shows("output: channels: 16", shown)
    assert not execution.shows("output: channels: 1", shown)
    assert not execution.shows("error: channels: 16", shown)


FIELDS = "convolution/kernels-receptive-field"


@pytest.mark.parametrize(
    ("name", "old", "new_text", "says"),
    [
        ("en.md", "- `stacked` three", "- `piled` three", "should list stacked"),
        ("code-1.check.py", "def case_pointwise", "def case_pixelwise", "pixelwise"),
        ("question.toml", 'en = "First think', 'fr = "First think', "each hint needs a text"),
    ],
)
def test_code_to_complete_names_its_cases_and_its_hints_in_both_languages(
    root, name, old, new_text, says
):
    path = root / FIELDS / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text, 1), "utf-8")
    found = command.check(banks.load(root), [FIELDS], root)
    assert any(says in problem.message for problem in found)


def test_code_to_complete_needs_a_version_that_its_cases_refuse(root):
    for path in (root / FIELDS).glob("code-1.wrong-*.py"):
        path.unlink()
    found = command.check(banks.load(root), [FIELDS], root)
    assert any("wrong-1" in problem.message for problem in found)


def test_a_wrong_version_that_passes_and_a_solution_that_fails_are_told(root):
    folder = root / FIELDS

    def told() -> dict[str, str]:
        question = banks.load(root).get("kernels-receptive-field")
        item = next(item for item in question.items if item.key == "write-recursion")
        runs = execution._code(question, item)
        return {run.name.partition("/")[2]: str(run.problems) for run in runs if run.problems}

    assert told() == {}
    right = (folder / "code-1.solution.py").read_text("utf-8")
    (folder / "code-1.wrong-2.py").write_text(right, "utf-8")
    assert "passes every hidden case" in told()["code-1.wrong-2.py"]
    (folder / "code-1.solution.py").write_text("receptive_field = None", "utf-8")
    assert "does not pass the item's own tests" in told()["code-1.solution.py"]


@pytest.mark.parametrize(
    ("old", "new_text", "told"),
    [
        (
            "[items.bottleneck-weights]",
            '[items.bottleneck-weights]\nasks = "about"',
            "asks is count",
        ),
        ("steps = [", 'before = [["no", "such"]]\nsteps = [', "with names of its steps"),
        ("steps = [", "before = [[2, 1]]\nsteps = [", "before forbids"),
    ],
)
def test_what_counts_as_right_is_declared_well(root, old, new_text, told):
    path = root / "anatomy" / "residual-block" / "question.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text, 1), "utf-8")
    found = command.check(banks.load(root), ["residual-block"], root)
    assert any(told in problem.message for problem in found)
