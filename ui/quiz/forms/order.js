// Parsons: a touch or Enter moves a line to the end of the answer, or back. Arrow keys move the
// focus, with Alt they move the line within the answer; it can be dragged there as well.
export default function ({ data, parentElement, setStateValue }) {
  const pool = parentElement.querySelector("ol.pool");
  const answer = parentElement.querySelector("ol.answer");
  parentElement.querySelector("p.pool").textContent = data.pool_label;
  parentElement.querySelector("p.answer").textContent = data.answer_label;
  // What the server knows may be some touches old: it counts only until the first touch.
  const chosen = answer.dataset.keys ? now() : data.chosen;
  fill(answer, chosen);
  fill(pool, data.keys.filter((key) => !chosen.includes(key)));

  function fill(list, keys) {
    const drawn = JSON.stringify(keys.map((key) => [key, data.texts[key]]));
    list.dataset.keys = JSON.stringify(keys);
    if (list.dataset.drawn === drawn) return;
    list.dataset.drawn = drawn;
    list.replaceChildren(...keys.map((key) => row(key, list === answer)));
  }

  function row(key, taken) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.key = key;
    button.classList.toggle("code", data.code);
    button.append(...worded(data.texts[key]));
    button.onclick = () => {
      if (taken) return put(now().filter((other) => other !== key), key);
      const place = [...pool.querySelectorAll("button")].indexOf(button);
      const placed = [...now(), key];
      const rest = data.keys.filter((other) => !placed.includes(other));
      put(rest.length === 1 ? [...placed, ...rest] : placed, key); // the last has one place left
      // The next line is at hand, so that Enter after Enter takes them all.
      const left = pool.querySelectorAll("button");
      left[Math.min(place, left.length - 1)]?.focus();
    };
    button.onkeydown = (event) => moved(event, key, taken);
    item.append(button);
    if (taken) dragged(item, key);
    return item;
  }

  function worded(text) {
    return text.split("`").map((part, index) => {
      if (index % 2 === 0) return document.createTextNode(part);
      const code = document.createElement("code");
      code.textContent = part;
      return code;
    });
  }

  function now() {
    return JSON.parse(answer.dataset.keys);
  }

  function put(keys, focus) {
    fill(answer, keys);
    fill(pool, data.keys.filter((key) => !keys.includes(key)));
    setStateValue("order", keys);
    [...parentElement.querySelectorAll("button")].find((b) => b.dataset.key === focus)?.focus();
  }

  function moved(event, key, taken) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...parentElement.querySelectorAll("button")];
    if (!event.altKey || !taken) {
      buttons[buttons.indexOf(event.currentTarget) + step]?.focus();
      return;
    }
    const keys = now();
    const place = keys.indexOf(key);
    const other = place + step;
    if (other < 0 || other >= keys.length) return;
    [keys[place], keys[other]] = [keys[other], keys[place]];
    put(keys, key);
  }

  function dragged(item, key) {
    item.draggable = true;
    item.ondragstart = (event) => event.dataTransfer.setData("text/plain", key);
    item.ondragover = (event) => event.preventDefault();
    item.ondrop = (event) => {
      event.preventDefault();
      const other = event.dataTransfer.getData("text/plain");
      const keys = now().filter((one) => one !== other);
      if (keys.length === now().length) return;
      keys.splice(keys.indexOf(key), 0, other);
      put(keys, other);
    };
  }
}
