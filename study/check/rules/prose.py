"""Check that the Markdown renders, is short enough, and does not give its answer away."""

import re
from collections.abc import Iterator

from study.bank.citations import CITATION, without_citations
from study.bank.question import LANGUAGES, Bank, Problem
from study.check.folder import Folder

LENGTHS = {  # section: (fewest, most) characters in zh, words in en
    "short": {"zh": (60, 150), "en": (50, 90)},
    "answer": {"zh": (300, 600), "en": (200, 330)},
}
CODE_WIDTH, HEADING, OPTION, COLUMNS = 88, 180, 160, 5
HTML = re.compile(r"<(?!-)/?[a-zA-Z][^>\n]*>")
CODE = re.compile(r"(```|~~~).*?\1|`[^`\n]*`", re.S)
MATH = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.S)
CJK = "\u3400-\u9fff"
ASCII_PUNCTUATION = re.compile(
    rf"[{CJK}][,;:?!]|[,;:?!](?=[{CJK}])|[{CJK}]\(|\)[{CJK}]|(?<=[{CJK}]).*[,;:?!]$"
)
PLACEHOLDER = re.compile(r"\bTODO\b|\bTBD\b|\bXXX\b")


def rules(folder: Folder, bank: Bank) -> Iterator[Problem]:
    """Yield what is wrong in the Markdown of a question."""
    for language in LANGUAGES:
        yield from _markdown(folder, language)
        yield from _lengths(folder, language)
        yield from _gives_away(folder, language)
    yield from _chinese(folder)
    yield from _code_width(folder)


def _markdown(folder: Folder, language: str) -> Iterator[Problem]:
    text = folder.texts[language]
    if len(re.findall(r"^(?:```|~~~)", text, re.M)) % 2:
        yield folder.in_prose(language, 1, "a code block is opened and never closed", "markdown")
    prose = _blanked(CODE, text)
    for number, line in enumerate(prose.splitlines(), start=1):
        tag = HTML.search(line)
        if tag:
            message = f"raw HTML ({tag[0]}); write Markdown"
            yield folder.in_prose(language, number, message, "markdown")
        if PLACEHOLDER.search(line):
            yield folder.in_prose(language, number, "a placeholder is left", "markdown")
    for start, math in _math(prose):
        for message in _math_problems(math):
            number = prose.count("\n", 0, start) + 1
            yield folder.in_prose(language, number, message, "math")
    rest = _blanked(MATH, prose)
    if "$" in rest.replace(r"\$", ""):
        unescaped = rest.replace(r"\$", "  ")
        number = unescaped[: unescaped.index("$")].count("\n") + 1
        yield folder.in_prose(language, number, "a $ is opened and never closed", "math")
    yield from _tables(folder, language, prose)


def _math_problems(math: str) -> Iterator[str]:
    plain = math.replace(r"\{", "").replace(r"\}", "")
    if plain.count("{") != plain.count("}"):
        yield f"braces do not match in {math[:40]}"
    if math.count(r"\left") - math.count(r"\leftarrow") != math.count(r"\right") - math.count(
        r"\rightarrow"
    ):
        yield f"\\left and \\right do not match in {math[:40]}"
    if re.findall(r"\\begin\{(\w+\*?)\}", math) != re.findall(r"\\end\{(\w+\*?)\}", math)[::-1]:
        yield f"\\begin and \\end do not match in {math[:40]}"


def _math(prose: str) -> Iterator[tuple[int, str]]:
    for found in MATH.finditer(prose):
        yield found.start(), found[0]


def _tables(folder: Folder, language: str, prose: str) -> Iterator[Problem]:
    columns = 0
    for number, line in enumerate(_blanked(MATH, prose).splitlines(), start=1):
        row = line.strip()
        count = row.count("|") - row.count(r"\|") - 1 if row.startswith("|") else 0
        if count and columns and count != columns:
            message = f"this row has {count} columns, the table {columns}"
            yield folder.in_prose(language, number, message, "markdown")
        if count > COLUMNS and not columns:
            message = f"{count} columns do not fit a phone; at most {COLUMNS}"
            yield folder.in_prose(language, number, message, "length")
        columns = count


def _lengths(folder: Folder, language: str) -> Iterator[Problem]:
    for name, limits in LENGTHS.items():
        section = folder.section(language, name)
        fewest, most = limits[language]
        size = length(section.text, language) if section else 0
        if section and not fewest <= size <= most:
            unit = "characters" if language == "zh" else "words"
            message = f"{name} has {size} {unit}; {fewest} to {most}"
            yield folder.in_prose(language, section.line, message, "length")
    for item in folder.question.items:
        part, text = folder.part(language, item.key), item.text.get(language)
        if part is None or text is None:
            continue
        if len(text.prompt) > HEADING:
            message = f"{item.key}: {len(text.prompt)} characters in a prompt; at most {HEADING}"
            yield folder.in_prose(language, part.line, message, "length")
        for key, words in text.choices.items():
            if len(words) > OPTION:
                message = f"{item.key}: {key} has {len(words)} characters; at most {OPTION}"
                yield folder.in_prose(language, part.line, message, "length")


def length(text: str, language: str) -> int:
    """Return the characters (zh) or words (en) without citations, code and display math."""
    plain = re.sub(r"\$\$.*?\$\$", "", CODE.sub("", text), flags=re.S)
    plain = without_citations(plain)
    if language == "zh":
        return len(re.findall(rf"[{CJK}]|[A-Za-z0-9][\w.,%-]*", plain))
    return len(plain.split())


def _gives_away(folder: Folder, language: str) -> Iterator[Problem]:
    """Check that no question contains its answer and no prompt its right choice."""
    ask, short = folder.section(language, "ask"), folder.section(language, "short")
    if ask and short and _plain(short.text)[:40] in _plain(ask.text):
        message = "the question begins its own answer"
        yield folder.in_prose(language, ask.line, message, "gives-away")
    for item in folder.question.items:
        text, part = item.text.get(language), folder.part(language, item.key)
        if part is None or text is None:
            continue
        right = text.choices.get(str(item.facts.get("answer")))
        if right and len(right) > 12 and _plain(right) in _plain(text.prompt):
            message = f"{item.key}: the prompt holds the right answer"
            yield folder.in_prose(language, part.line, message, "gives-away")


def _chinese(folder: Folder) -> Iterator[Problem]:
    prose = _blanked(CITATION, _blanked(MATH, _blanked(CODE, folder.texts["zh"])))
    for number, line in enumerate(prose.splitlines(), start=1):
        found = ASCII_PUNCTUATION.search(line)
        if found:
            message = f"ASCII punctuation in Chinese text: {found[0][-8:]!r}; use full-width"
            yield folder.in_prose("zh", number, message, "punctuation")
    for number, line in enumerate(_blanked(CODE, folder.texts["en"]).splitlines(), start=1):
        if re.search(rf"[{CJK}]", line):
            yield folder.in_prose("en", number, "Chinese in the English text", "punctuation")


def _code_width(folder: Folder) -> Iterator[Problem]:
    for path in sorted(folder.path.glob("*.py")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if len(line) > CODE_WIDTH:
                message = f"{len(line)} characters; at most {CODE_WIDTH} so that phones show it"
                yield Problem(path, number, "length", message)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Return the text with every match replaced by spaces, so that lines keep their numbers."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
