// Where the eye and the keyboard are when a card comes and when its answer is shown.
const TOP = 64; // the app's own bar
const FIELDS = "input[type=text], textarea";
const LINES = "[role=listbox] button, ol.pool button";
const TRY_MS = 40;
const TRIES = 75;

export default function ({ data }) {
  document.removeEventListener("keydown", window.residualKeys);
  window.residualKeys = pressed;
  document.addEventListener("keydown", pressed);
  const page = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
  document.documentElement.style.setProperty("--residual-page", page);
  if (window.residualStep === data.step) return;
  const first = window.residualStep === undefined;
  window.residualStep = data.step;
  if (!first) requestAnimationFrame(show);
  // A touch screen would answer with its keyboard, over the question.
  if (data.field && window.matchMedia("(hover: hover)").matches) seize(data, TRIES);
}

function show() {
  const card = document.querySelector(".st-key-quiz_card");
  const main = document.querySelector("[data-testid=stMain]");
  if (!card || !main) return;
  const seen = (document.querySelector(".st-key-quiz_verdict") ?? card).getBoundingClientRect().top;
  if (seen < TOP || seen > 0.6 * window.innerHeight) {
    main.scrollTop += card.getBoundingClientRect().top - TOP;
  }
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
  const held = document.activeElement;
  const field = held?.matches(FIELDS) && held.closest(".st-key-quiz_card");
  const ends = held?.tagName === "TEXTAREA" ? event.ctrlKey || event.metaKey : true;
  if (field && (event.key === "Escape" || (event.key === "Enter" && ends))) held.blur();
  else if (event.key === "Enter" && (!held || held === document.body)) {
    document.querySelector(".st-key-quiz_next button")?.click();
  }
}
