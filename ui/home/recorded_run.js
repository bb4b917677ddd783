// Two loss curves of a recorded run, drawn as the run drew them but in ten seconds.
const SECONDS = 10;
const BOX = { left: 40, right: 90, top: 24, bottom: 26, width: 640, height: 240 };
const NARROWEST = 320;
const SVG = "http://www.w3.org/2000/svg";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".played");
  const shown = JSON.stringify([data.caption, data.again]);
  if (root.dataset.shown === shown) return;
  root.dataset.shown = shown;
  const player = new Player(root, data);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  still ? player.draw(player.steps) : player.play();
  return () => player.end();
}

class Player {
  constructor(root, data) {
    this.data = data;
    this.arms = Object.keys(data.raw);
    this.steps = data.raw[this.arms[0]].length;
    this.low = Math.floor(Math.min(...Object.values(data.raw).flat()) * 5) / 5;
    this.high = data.top; // what lies above it at the beginning is said in words
    root.querySelector("figcaption").textContent = data.caption;
    this.svg = root.querySelector("svg");
    // Drawn as wide as it is shown, so that its letters keep their size on a phone.
    BOX.width = Math.min(640, Math.max(NARROWEST, root.clientWidth));
    this.svg.setAttribute("viewBox", `0 0 ${BOX.width} ${BOX.height}`);
    this.svg.replaceChildren();
    this.svg.setAttribute("aria-label", data.alt);
    this.svg.setAttribute("role", "img");
    this.output = root.querySelector("output");
    this.button = root.querySelector("button");
    this.button.textContent = data.again;
    this.button.hidden = false;
    this.button.onclick = () => this.play();
    const inner = this.add("clipPath", { id: "inside" });
    const area = this.add("rect", { x: BOX.left, y: BOX.top, width: BOX.width, height: BOX.height });
    inner.appendChild(area);
    this.axes();
    this.lines = {};
    for (const arm of this.arms) {
      this.lines[arm] = {
        raw: this.add("path", { class: `raw ${arm}`, "clip-path": "url(#inside)" }),
        smooth: this.add("path", { class: `smooth ${arm}`, "clip-path": "url(#inside)" }),
        name: this.add("text", { class: `name ${arm}` }, data.names[arm]),
      };
    }
  }

  add(tag, attributes, text = "") {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return this.svg.appendChild(made);
  }

  x(step) {
    return BOX.left + (step / (this.steps - 1)) * (BOX.width - BOX.left - BOX.right);
  }

  y(loss) {
    const share = (loss - this.low) / (this.high - this.low);
    return BOX.height - BOX.bottom - share * (BOX.height - BOX.top - BOX.bottom);
  }

  // What lies above the scale is said above it, where no line and no name can come.
  axes() {
    for (let loss = this.low; loss <= this.high + 1e-9; loss += 0.2) {
      const y = this.y(loss);
      this.add("line", { class: "grid", x1: BOX.left, x2: this.x(this.steps - 1), y1: y, y2: y });
      this.add("text", { x: BOX.left - 6, y: y + 4, "text-anchor": "end" }, loss.toFixed(1));
    }
    this.add("text", { x: BOX.left, y: BOX.height - 6 }, this.data.loss);
    this.add("text", { x: BOX.left, y: BOX.top - 10 }, this.data.above);
  }

  path(values) {
    return values.map((v, k) => `${k ? "L" : "M"}${this.x(k).toFixed(1)},${this.y(v).toFixed(1)}`).join("");
  }

  draw(count) {
    const ends = {};
    for (const arm of this.arms) {
      const { raw, smooth } = this.lines[arm];
      raw.setAttribute("d", this.path(this.data.raw[arm].slice(0, count)));
      smooth.setAttribute("d", this.path(this.data.smooth[arm].slice(0, count)));
      ends[arm] = Math.max(BOX.top + 8, this.y(this.data.smooth[arm][count - 1]));
    }
    this.label(ends, this.x(count - 1));
    this.output.textContent = this.data.step.replace("{step}", count);
  }

  // Names stand beside the ends of their lines and never on each other.
  label(ends, x) {
    const [upper, lower] = [...this.arms].sort((a, b) => ends[a] - ends[b]);
    const apart = Math.max(0, 16 - (ends[lower] - ends[upper])) / 2;
    for (const [arm, shift] of [[upper, -apart], [lower, apart]]) {
      this.lines[arm].name.setAttribute("x", x + 8);
      this.lines[arm].name.setAttribute("y", ends[arm] + 4 + shift);
    }
  }

  play() {
    this.end();
    const began = performance.now();
    const frame = (now) => {
      const share = Math.min(1, (now - began) / 1000 / SECONDS);
      this.draw(Math.max(1, Math.round(share * this.steps)));
      this.running = share < 1 ? requestAnimationFrame(frame) : 0;
    };
    this.running = requestAnimationFrame(frame);
  }

  end() {
    cancelAnimationFrame(this.running);
  }
}
