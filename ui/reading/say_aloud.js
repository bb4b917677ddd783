// A clock for an answer said aloud, and a recording that never leaves the page.
const TICK_MS = 200;
const BEEP_HZ = 660;

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".aloud");
  if (root.dataset.question === data.question && root.dataset.stop === data.stop) return;
  root.dataset.question = data.question;
  root.dataset.stop = data.stop;
  const clock = new Clock(root, data);
  return () => clock.end();
}

class Clock {
  constructor(root, words) {
    Object.assign(this, { root, words, timer: null, recorder: null, wanted: false });
    this.progress = root.querySelector("progress");
    this.output = root.querySelector("output");
    this.audio = root.querySelector("audio");
    this.record = root.querySelector(".record");
    this.record.textContent = words.record;
    this.record.setAttribute("aria-pressed", "false");
    this.record.hidden = !navigator.mediaDevices;
    this.record.onclick = () => this.toggle();
    const lengths = root.querySelector(".lengths");
    lengths.replaceChildren(...words.lengths.map(([seconds, label]) => this.button(seconds, label)));
  }

  button(seconds, label) { // pressed again, it stops
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.style.marginRight = "0.5rem";
    button.onclick = () => (this.pressed === button ? this.end() : this.begin(seconds, button, label));
    return button;
  }

  toggle() {
    this.wanted = !this.wanted;
    this.record.setAttribute("aria-pressed", String(this.wanted));
  }

  async begin(seconds, button, label) {
    this.end();
    Object.assign(this, { seconds, label, pressed: button });
    button.textContent = this.words.stop;
    if (this.wanted) await this.listen();
    this.started = performance.now();
    this.progress.hidden = false;
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  tick() {
    const passed = (performance.now() - this.started) / 1000;
    this.progress.value = Math.min(1, passed / this.seconds);
    const left = Math.max(0, Math.ceil(this.seconds - passed));
    const said = this.recorder ? ` · ${this.words.recording}` : "";
    this.output.textContent = this.words.left.replace("{left}", left) + said;
    if (passed >= this.seconds) {
      this.end();
      this.output.textContent = this.words.over;
      beep();
    }
  }

  async listen() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      this.recorder = new MediaRecorder(stream);
      this.recorder.ondataavailable = (event) => parts.push(event.data);
      this.recorder.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        if (this.audio.src) URL.revokeObjectURL(this.audio.src);
        this.audio.src = URL.createObjectURL(new Blob(parts));
        this.audio.hidden = false;
      };
      this.recorder.start();
    } catch {
      this.toggle();
      this.output.textContent = this.words.denied;
    }
  }

  end() {
    clearInterval(this.timer);
    if (this.pressed) this.pressed.textContent = this.label;
    this.timer = this.pressed = null;
    this.progress.hidden = true;
    this.output.textContent = "";
    if (this.recorder?.state === "recording") this.recorder.stop();
    this.recorder = null;
  }
}

function beep() {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  volume.gain.value = 0.05;
  tone.frequency.value = BEEP_HZ;
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.2);
}
