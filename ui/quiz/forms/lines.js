// A listing whose lines are chosen by click, touch, or arrow keys and Enter.
export default function ({ data, parentElement, setStateValue }) {
  const list = parentElement.querySelector("ol");
  list.setAttribute("aria-label", data.label);
  if (list.dataset.code !== data.lines.join("\n")) {
    list.dataset.code = data.lines.join("\n");
    list.replaceChildren(...data.lines.map(row));
  }
  const buttons = [...list.querySelectorAll("button")];
  buttons.forEach((button, index) => {
    const number = index + 1;
    const mark = (data.marks ?? {})[number] ?? "";
    button.disabled = data.locked || !data.lines[index].trim(); // an empty line is no fault
    button.setAttribute("aria-selected", String(data.chosen === number));
    button.className = mark;
    button.dataset.mark = { right: "✔", wrong: "✘" }[mark] ?? (data.chosen === number ? "●" : "");
    button.onclick = () => setStateValue("line", number);
    button.onkeydown = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const open = buttons.filter((other) => !other.disabled);
      const place = open.indexOf(button) + step;
      open[Math.min(open.length - 1, Math.max(0, place))].focus();
    };
  });

  function row(text) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "option");
    button.textContent = text || " ";
    item.append(button);
    return item;
  }
}
