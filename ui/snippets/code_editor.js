/* A textarea over its own coloured copy. Text is only ever put in as text nodes. */
const KEYWORDS = new Set((
  "False None True and as assert async await break case class continue def del elif else except " +
  "finally for from global if import in is lambda match nonlocal not or pass raise return try " +
  "while with yield"
).split(" "));
const BUILT_IN = new Set((
  "abs all any bool bytes dict enumerate filter float format frozenset getattr hasattr int " +
  "isinstance iter len list map max min next object open pow print range repr reversed round " +
  "self set setattr slice sorted staticmethod str sum super tuple type zip"
).split(" "));
const TOKENS = new RegExp([
  /(#[^\n]*)/,
  /([rRbBfFuU]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?))/,
  /(\b\d[\w.]*)/,
  /(@[A-Za-z_][\w.]*)/,
  /([A-Za-z_]\w*)/,
].map((part) => part.source).join("|"), "g");
const INDENT = "    ";
const SAVE_AFTER_MS = 350;
const known = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  let editor = known.get(parentElement);
  if (!editor || !editor.area.isConnected) {
    editor = mount(parentElement, data);
    known.set(parentElement, editor);
  }
  editor.send = component;
  if (editor.epoch !== data.epoch) {
    editor.epoch = data.epoch;
    forget(data);
    editor.area.value = data.text;
    editor.told = data.text;
  }
  editor.data = data;
  editor.area.setAttribute("aria-label", data.label);
  editor.hint.textContent = data.hint;
  editor.copy.textContent = data.copy;
  paint(editor, editor.area.value === data.markedText ? data.mark : null);
  if (editor.area.value !== editor.told) later(editor);
  return () => tell(editor);
}

function mount(parent, data) {
  const area = parent.querySelector("textarea");
  const editor = {
    area,
    pre: parent.querySelector("pre"),
    hint: parent.querySelector(".hint"),
    copy: parent.querySelector("button"),
    epoch: data.epoch,
    told: data.text,
    timer: 0,
  };
  area.value = kept(data) ?? data.text;
  area.oninput = () => {
    keep(editor);
    paint(editor, null);
    later(editor);
  };
  area.onblur = () => tell(editor);
  area.onkeydown = (event) => key(editor, event);
  editor.copy.onclick = () => copy(editor);
  return editor;
}

function key(editor, event) {
  if (event.isComposing) return;
  const { area } = editor;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(editor.timer);
    editor.told = area.value;
    editor.send.setStateValue("text", area.value);
    editor.send.setTriggerValue("run", area.value);
  } else if (event.key === "Escape") {
    area.blur();
  } else if (event.key === "Tab" && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    indent(area, event.shiftKey);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const line = area.value.slice(lineStart(area), area.selectionStart);
    const deeper = /:\s*(#.*)?$/.test(line) ? INDENT : "";
    type(area, "\n" + line.match(/^[ \t]*/)[0] + deeper);
  } else if (event.key !== "Control" && event.key !== "Meta") {
    event.stopPropagation(); /* the page's one-letter shortcuts are not for here */
  }
}

function indent(area, back) {
  const start = lineStart(area);
  const chosen = area.value.slice(start, area.selectionEnd);
  if (!back && area.selectionStart === area.selectionEnd) return type(area, INDENT);
  const lines = chosen.split("\n");
  const moved = lines.map((line) => (back ? line.replace(/^ {1,4}/, "") : INDENT + line));
  const caret = area.selectionStart === area.selectionEnd;
  const end = area.selectionEnd;
  area.setSelectionRange(start, end);
  type(area, moved.join("\n"));
  const stop = end + moved.join("\n").length - chosen.length;
  area.setSelectionRange(caret ? Math.max(start, stop) : start, Math.max(start, stop));
}

function lineStart(area) {
  return area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
}

function type(area, text) {
  /* Keeps undo, where the browser lets it. */
  const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!done) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input"));
  }
}

function later(editor) {
  clearTimeout(editor.timer);
  editor.timer = setTimeout(() => tell(editor), SAVE_AFTER_MS);
}

function tell(editor) {
  clearTimeout(editor.timer);
  if (editor.area.value === editor.told) return;
  editor.told = editor.area.value;
  editor.send.setStateValue("text", editor.told);
}

/* For servers that keep no edits: this browser does. */
function keep(editor) {
  const { data, area } = editor;
  if (data?.keep) attempt(() => localStorage.setItem(data.keep, area.value));
}

function kept(data) {
  return data.keep ? attempt(() => localStorage.getItem(data.keep)) : null;
}

function forget(data) {
  if (data.keep) attempt(() => localStorage.removeItem(data.keep));
}

function attempt(act) {
  try {
    return act() ?? null;
  } catch {
    return null; /* storage is switched off: the session still has the text */
  }
}

async function copy(editor) {
  const text = editor.data.header + editor.area.value;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  editor.copy.textContent = editor.data.copied;
  setTimeout(() => (editor.copy.textContent = editor.data.copy), 1500);
}

function paint(editor, mark) {
  const lines = colour(editor.area.value);
  editor.pre.replaceChildren(
    ...lines.map((pieces, at) => {
      const line = document.createElement("div");
      line.className = at + 1 === mark ? "line marked" : "line";
      line.append(...(pieces.length ? pieces : ["\u200b"]));
      return line;
    }),
  );
}

function colour(text) {
  const lines = [[]];
  let at = 0;
  let before = "";
  const put = (piece, kind) => {
    piece.split("\n").forEach((part, n) => {
      if (n) lines.push([]);
      if (!part) return;
      const node = kind ? document.createElement("span") : document.createTextNode(part);
      if (kind) {
        node.className = kind;
        node.textContent = part;
      }
      lines[lines.length - 1].push(node);
    });
  };
  for (const found of text.matchAll(TOKENS)) {
    const [all, comment, string, number, decorator, name] = found;
    put(text.slice(at, found.index), "");
    at = found.index + all.length;
    if (comment) put(all, "comment");
    else if (string) put(all, "string");
    else if (number) put(all, "number");
    else if (decorator) put(all, "name");
    else if (KEYWORDS.has(name)) put(all, "keyword");
    else if (before === "def" || before === "class") put(all, "name");
    else if (BUILT_IN.has(name) && text[found.index - 1] !== ".") put(all, "builtin");
    else put(all, "");
    before = name ?? "";
  }
  put(text.slice(at), "");
  return lines;
}
