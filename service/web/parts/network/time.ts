// The slider of time: how many facts each stretch has, a window on them, and play.

import { s } from "../drawing";
import { h, the } from "../elements";
import type { Value } from "./types";

interface Bin {
  label: string;
  begin: string;
  end: string;
  count: number;
}

const MOST = 90;
const PACE = 650;
const HEIGHT = 32;

const lastDay = (year: number, month: number) =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** Stretches of equal length, from months as the service counts them: months, or years where these are many. */
export function bins(months: Value[]): Bin[] {
  const first = months[0]?.value;
  const last = months.at(-1)?.value;
  if (!first || !last) return [];
  const counts = new Map(months.map(({ value, count }) => [value, count]));
  const [begin, end] = [number(first), number(last)];
  const step = end - begin < MOST ? 1 : 12;
  const from = step === 1 ? begin : begin - (begin % 12);
  const found: Bin[] = [];
  for (let at = from; at <= end; at += step) {
    let count = 0;
    for (let month = at; month < at + step; month++) count += counts.get(name(month)) ?? 0;
    const year = Math.floor((at + step - 1) / 12);
    found.push({
      label: step === 1 ? name(at) : name(at).slice(0, 4),
      begin: `${name(at)}-01`,
      end: lastDay(year, ((at + step - 1) % 12) + 1),
      count,
    });
  }
  return found;
}

const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const name = (at: number) =>
  `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;

export class TimeSlider {
  private found: Bin[] = [];
  private window: [number, number] = [0, 0];
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly changed: (since: string, until: string) => void,
  ) {}

  /** Show what months have, with a window from one day to another; empty: open on that side. */
  show(months: Value[], since: string, until: string): void {
    this.found = bins(months);
    const last = this.found.length - 1;
    if (last < 1) {
      this.stop();
      this.box.replaceChildren();
      return;
    }
    const begin = since ? this.found.findIndex((bin) => bin.end >= since) : 0;
    const end = until ? this.found.findLastIndex((bin) => bin.begin <= until) : last;
    this.window = [begin < 0 ? last : begin, Math.max(0, end)];
    if (!this.box.firstChild) this.build();
    const highest = Math.max(...this.found.map((bin) => bin.count), 1);
    const bars = this.found.map((bin, place) => {
      const height = bin.count ? Math.max(2, (HEIGHT * bin.count) / highest) : 0;
      return s("rect", { x: place + 0.08, width: 0.84, y: HEIGHT - height, height });
    });
    const picture = the<SVGElement>("svg", this.box);
    picture.setAttribute("viewBox", `0 0 ${this.found.length} ${HEIGHT}`);
    picture.replaceChildren(...bars);
    for (const input of this.box.querySelectorAll("input")) input.max = String(last);
    this.tell();
  }

  get playing(): boolean {
    return this.timer !== undefined;
  }

  private build(): void {
    const play = h("button", { type: "button", id: "play", "aria-pressed": "false" }, "Play");
    play.addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    const handles = ["From", "Until"].map((label, end) => {
      const input = h("input", {
        type: "range",
        id: label.toLowerCase(),
        min: 0,
        step: 1,
        "aria-label": label,
      });
      input.addEventListener("input", () => {
        this.stop();
        const value = Number(input.value);
        this.window = end
          ? [Math.min(this.window[0], value), value]
          : [value, Math.max(this.window[1], value)];
        this.tell();
        this.report();
      });
      return input;
    });
    const picture = s("svg", { preserveAspectRatio: "none", "aria-hidden": "true" });
    this.box.replaceChildren(
      play,
      h("div", { class: "track" }, picture, ...handles),
      h("output", { class: "span" }),
    );
  }

  /** The next stretch with a fact in it; the last where none follows. */
  private next(after: number): number {
    const found = this.found.findIndex((bin, place) => place > after && bin.count > 0);
    return found < 0 ? this.found.length - 1 : found;
  }

  /** A window that is narrowed moves on; else it grows from the first stretch on. Empty stretches are skipped. */
  private play(): void {
    const last = this.found.length - 1;
    const [begin, end] = this.window;
    const grows = begin === 0 && end === last;
    if (grows) this.window = [0, 0];
    else if (end === last) this.window = [0, end - begin];
    this.timer = setInterval(() => {
      const [from, until] = this.window;
      if (until >= last) {
        this.stop();
        return;
      }
      const end = this.next(until);
      this.window = [grows ? 0 : from + end - until, end];
      this.tell();
      this.report();
    }, PACE);
    this.tell();
    this.report();
    this.tellPlay();
  }

  stop(): void {
    const played = this.playing;
    clearInterval(this.timer);
    this.timer = undefined;
    this.tellPlay();
    if (played) this.report();
  }

  private tellPlay(): void {
    const play = this.box.querySelector("#play");
    play?.setAttribute("aria-pressed", String(this.playing));
    if (play) play.textContent = this.playing ? "Pause" : "Play";
  }

  private tell(): void {
    const [begin, end] = this.window;
    const labels = [this.found[begin]?.label ?? "", this.found[end]?.label ?? ""];
    this.box.querySelectorAll("rect").forEach((bar, place) => {
      bar.setAttribute("class", place >= begin && place <= end ? "in" : "");
    });
    this.box.querySelectorAll("input").forEach((input, place) => {
      input.value = String(this.window[place] ?? 0);
      input.setAttribute("aria-valuetext", labels[place] ?? "");
    });
    const whole = begin === 0 && end === this.found.length - 1;
    const text = labels[0] === labels[1] ? labels[0] : `${labels[0]} – ${labels[1]}`;
    the("output", this.box).textContent = whole ? `${text}, all` : (text ?? "");
  }

  private report(): void {
    const [begin, end] = this.window;
    const last = this.found.length - 1;
    this.changed(
      begin === 0 ? "" : (this.found[begin]?.begin ?? ""),
      end === last ? "" : (this.found[end]?.end ?? ""),
    );
  }
}
