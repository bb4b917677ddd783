// Where the eye and the keyboard are when a card comes and when its answer is shown.
const TOP = 64; // the app's own bar
const FIELDS = "input[type=text], textarea";
const LINES = "[role=listbox] button, ol.pool button";
const TRY_MS = 40;
const TRIES = 75;
const SETTLE_MS = 120; // until a click shows as work
const DRAWN_MS = 1500; // within which the button of a key may still be drawn

export default function ({ data }) {
  document.removeEventListener("keydown", window.residualKeys);
  window.residualKeys = pressed;
  document.addEventListener("keydown", pressed);
  window.removeEventListener("keydown", window.residualHeld, true);
  window.residualHeld = held;
  window.addEventListener("keydown", held, true);
  const page = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
  document.documentElement.style.setProperty("--residual-page", page);
  if (window.residualStep === data.step) return;
  const first = window.residualStep === undefined;
  window.residualStep = data.step;
  if (!first) show(data.step, TRIES);
  // A touch screen would answer with its keyboard, over the question.
  if (data.field && window.matchMedia("(hover: hover)").matches) seize(data, TRIES);
}

// The verdict is drawn a moment after this; the view moves once it is there.
function show(step, tries) {
  if (window.residualStep !== step) return;
  const card = document.querySelector(".st-key-quiz_card");
  const main = document.querySelector("[data-testid=stMain]");
  const verdict = document.querySelector(".st-key-quiz_verdict");
  const late = step.endsWith(" shown") ? !verdict : verdict;
  if ((!card || !main || late) && tries > 0) {
    setTimeout(() => show(step, tries - 1), TRY_MS);
    return;
  }
  if (!card || !main) return;
  const seen = (verdict ?? card).getBoundingClientRect().top;
  if (seen < TOP || seen > 0.6 * window.innerHeight) {
    main.scrollTop += card.getBoundingClientRect().top - TOP;
  }
}

// A key that comes while the last one is still at work is held, not lost.
function held(event) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(document.activeElement)) return;
  const waiting = (window.residualWaiting ??= []);
  const quiet = performance.now() - (window.residualActed ?? -Infinity);
  const there = button(event.key) !== undefined;
  if (!busy() && !waiting.length && quiet >= (there ? SETTLE_MS : DRAWN_MS)) {
    if (there) window.residualActed = performance.now();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.push(event.key);
  if (waiting.length === 1) setTimeout(() => release(TRIES), SETTLE_MS);
}

function release(tries) {
  const waiting = window.residualWaiting;
  const wanted = button(waiting[0]);
  const drawn = performance.now() - (window.residualActed ?? -Infinity) > DRAWN_MS;
  if ((busy() || !(wanted || drawn)) && tries > 0) {
    setTimeout(() => release(tries - 1), TRY_MS);
    return;
  }
  wanted?.click();
  window.residualActed = performance.now();
  // It leaves the line once it had time to show as work, so that none overtakes it.
  setTimeout(() => {
    waiting.shift();
    if (waiting.length) release(TRIES);
  }, SETTLE_MS);
}

function button(key) {
  const signs = [...document.querySelectorAll("[data-testid=stMain] button kbd")];
  const found = signs.find((sign) => sign.textContent.trim().toLowerCase() === key.toLowerCase());
  return found?.closest("button");
}

function busy() {
  const app = document.querySelector("[data-testid=stApp]");
  return app?.dataset.testScriptState !== "notRunning";
}

function typing(element) {
  if (element?.shadowRoot?.activeElement) return typing(element.shadowRoot.activeElement);
  return element?.matches("input, textarea, [contenteditable=true]") ?? false;
}

// The field is drawn a moment after this; a card that is gone by then takes no focus.
function seize(data, tries) {
  if (window.residualStep !== data.step || tries === 0) return;
  const field = document.querySelector(`[class*="${data.field}"]`);
  const found = field?.querySelector(FIELDS) ?? inside(field, LINES);
  if (found) found.focus({ preventScroll: true });
  else setTimeout(() => seize(data, tries - 1), TRY_MS);
}

function inside(field, wanted) {
  for (const host of field?.querySelectorAll("*") ?? []) {
    const found = host.shadowRoot?.querySelector(wanted);
    if (found) return found;
  }
  return null;
}

// Enter ends a field, so that the next digit states the confidence; with nothing in hand it goes on.
function pressed(event) {
  const active = document.activeElement;
  const field = active?.matches(FIELDS) && active.closest(".st-key-quiz_card");
  const ends = active?.tagName === "TEXTAREA" ? event.ctrlKey || event.metaKey : true;
  if (field && (event.key === "Escape" || (event.key === "Enter" && ends))) active.blur();
  else if (event.key === "Enter" && (!active || active === document.body)) {
    document.querySelector(".st-key-quiz_next button")?.click();
  }
}
