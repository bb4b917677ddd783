// One button that puts the report of a failure on the clipboard.
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.copy;
  button.className = "residual-copy";
  button.style.cssText =
    "font: inherit; padding: .35rem .8rem; border-radius: .4rem; cursor: pointer;" +
    "border: 1px solid currentColor; background: transparent; color: inherit;";
  button.onclick = async () => {
    await copied(data.report);
    button.textContent = data.copied;
  };
}

// Without https, and not on this machine, a browser has no clipboard of its own to offer.
async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.body.appendChild(document.createElement("textarea"));
  area.value = text;
  area.select();
  document.execCommand("copy");
  area.remove();
}
