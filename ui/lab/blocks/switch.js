// The blocks side by side. A skip is switched by click, touch, Enter or Space.
export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".blocks");
  const drawn = JSON.stringify(data.pictures);
  if (place.dataset.drawn !== drawn) {
    const held = place.getRootNode().activeElement?.dataset?.arm;
    place.dataset.drawn = drawn;
    place.replaceChildren(...data.pictures.map(figure));
    const same = held && place.querySelector(`[role="switch"][data-arm="${CSS.escape(held)}"]`);
    if (held) (same ?? place.querySelector('[role="switch"]'))?.focus(); // the arm may be gone
  }
  place.onclick = (event) => touch(event);
  place.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (touch(event)) event.preventDefault();
  };

  function touch(event) {
    const skip = event.target.closest?.("[data-arm]");
    if (skip) setTriggerValue("touched", skip.dataset.arm);
    return skip;
  }

  function figure(picture) {
    const whole = document.createElement("figure");
    const caption = document.createElement("figcaption");
    const name = document.createElement("strong");
    const totals = document.createElement("span");
    name.textContent = picture.name;
    totals.textContent = picture.totals;
    caption.append(name, totals);
    const svg = document.createElement("div");
    svg.innerHTML = picture.svg; // drawn by this app, every word in it escaped
    whole.append(caption, svg);
    return whole;
  }
}
