// The world drawn as SVG, with places on it that can be pressed, moved and brought closer.
import { geoContains, geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity } from "d3-zoom";
import type { Feature } from "geojson";
import { s } from "../drawing";
import type { Shapes } from "../shapes";
import type { Spot } from "./spots";

const WIDTH = 1000;
const HEIGHT = 500;
const CLOSEST = 60;
const LETTER = 6.4;

export interface Camera {
  x: number;
  y: number;
  k: number;
}

interface Drawn {
  spot: Spot;
  x: number;
  y: number;
  mark: SVGGElement;
  circle: SVGCircleElement;
  label: SVGTextElement;
  radius: number;
}

export class World {
  private readonly projection = geoEqualEarth().fitExtent(
    [
      [4, 4],
      [WIDTH - 4, HEIGHT - 4],
    ],
    { type: "Sphere" },
  );
  private readonly picture = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map-picture" });
  private readonly ground = s("g");
  private readonly marks = s("g");
  private readonly names = s("g", { class: "names", "aria-hidden": "true" });
  private readonly zooming: ZoomBehavior<SVGSVGElement, unknown>;
  private readonly lands = new Map<Feature, SVGPathElement>();
  private drawn: Drawn[] = [];
  private k = 1;
  private x = 0;

  constructor(
    box: HTMLElement,
    shapes: Shapes,
    private readonly spots: Spot[],
    private readonly choose: (spot: Spot) => void,
    moved: (camera: Camera) => void,
  ) {
    this.drawGround(shapes);
    this.picture.append(this.ground, this.marks, this.names);
    box.append(this.picture);
    this.zooming = zoom<SVGSVGElement, unknown>()
      .scaleExtent([1, CLOSEST])
      .translateExtent([
        [0, 0],
        [WIDTH, HEIGHT],
      ])
      .on("zoom", ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
        this.ground.setAttribute("transform", transform.toString());
        this.marks.setAttribute("transform", transform.toString());
        this.names.setAttribute("transform", transform.toString());
        [this.k, this.x] = [transform.k, transform.x];
        this.scale();
        moved({ x: transform.x, y: transform.y, k: transform.k });
      });
    select(this.picture).call(this.zooming);
    this.drawSpots();
  }

  /** Show so many events at each place, and only those places that are wanted. */
  show(events: (spot: Spot) => number, wanted: (spot: Spot) => boolean, selected: string): void {
    const most = Math.max(1, ...this.spots.map(events));
    for (const one of this.drawn) {
      const count = events(one.spot);
      one.radius = count ? 4 + 12 * Math.sqrt(count / most) : one.spot.parties.length ? 5 : 2.6;
      one.mark.toggleAttribute("hidden", !wanted(one.spot));
      one.mark.classList.toggle("eventful", count > 0);
      one.mark.classList.toggle("selected", one.spot.id === selected);
      const told = count === 1 ? "1 event" : `${count} events`;
      one.mark.setAttribute(
        "aria-label",
        `${one.spot.label}, ${told}${one.spot.parties.length ? ", disputed" : ""}`,
      );
    }
    this.scale();
  }

  zoomBy(factor: number): void {
    select(this.picture).call(this.zooming.scaleBy, factor);
  }

  fit(): void {
    select(this.picture).call(this.zooming.transform, zoomIdentity);
  }

  look({ x, y, k }: Camera): void {
    select(this.picture).call(this.zooming.transform, zoomIdentity.translate(x, y).scale(k));
  }

  /** Bring a place into the middle. */
  center(spot: Spot, k: number): void {
    const [x, y] = this.projection([spot.lon, spot.lat]) ?? [WIDTH / 2, HEIGHT / 2];
    this.look({ x: WIDTH / 2 - x * k, y: HEIGHT / 2 - y * k, k });
  }

  private drawGround({ countries, borders }: Shapes): void {
    const path = geoPath(this.projection);
    this.ground.append(
      s("path", { class: "sea", d: path({ type: "Sphere" }) ?? "" }),
      s("path", { class: "grid", d: path(geoGraticule10()) ?? "" }),
    );
    for (const country of countries) {
      const land = s("path", { class: "land", d: path(country) ?? "" });
      this.lands.set(country, land);
      this.ground.append(land);
    }
    this.ground.append(s("path", { class: "border", d: path(borders) ?? "" }));
    const states = this.spots.filter((spot) => spot.kind === "state");
    for (const [country, land] of this.lands) {
      if (states.some(({ lon, lat }) => geoContains(country, [lon, lat]))) land.classList.add("named");
    }
  }

  private drawSpots(): void {
    const ordered = [...this.spots].sort((a, b) => b.events - a.events || b.mentions - a.mentions);
    this.drawn = ordered.map((spot) => {
      const [x, y] = this.projection([spot.lon, spot.lat]) ?? [0, 0];
      const circle = s("circle", {});
      const lines = spot.parties.length ? names(spot) : [spot.label];
      const label = s("text", {}, ...lines.map((line) => s("tspan", {}, line)));
      label.classList.toggle("disputed", spot.parties.length > 0);
      label.addEventListener("click", () => this.choose(spot));
      const kind = spot.parties.length ? "mark disputed" : "mark";
      const mark = s("g", { class: kind, tabindex: 0, role: "button" }, circle);
      mark.addEventListener("click", () => this.choose(spot));
      mark.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this.choose(spot);
      });
      return { spot, x, y, mark, circle, label, radius: 3 };
    });
    this.marks.append(...[...this.drawn].reverse().map((one) => one.mark));
    this.names.append(...this.drawn.map((one) => one.label));
  }

  /** Keep marks and names at their size however close one is, and leave out names that would lie on others. */
  private scale(): void {
    const { k } = this;
    const width = this.picture.clientWidth || WIDTH;
    const unit = Math.max(WIDTH / width, HEIGHT / (this.picture.clientHeight || HEIGHT)) / k;
    // A picture that is wider than the map shows something on both sides of it.
    const end = (WIDTH / 2 + (width * unit * k) / 2 - this.x) / k;
    const taken: [number, number, number, number][] = [];
    for (const { spot, x, y, mark, circle, label, radius } of this.drawn) {
      if (mark.hasAttribute("hidden")) {
        label.toggleAttribute("hidden", true);
        continue;
      }
      circle.setAttribute("r", String(radius * unit));
      circle.setAttribute("cx", String(x));
      circle.setAttribute("cy", String(y));
      circle.setAttribute("stroke-width", String(1.4 * unit));
      if (spot.parties.length) circle.setAttribute("stroke-dasharray", `${3 * unit} ${2 * unit}`);
      const rows = [...label.children];
      const longest = Math.max(...rows.map((row) => row.textContent?.length ?? 0));
      const long = longest * LETTER * unit;
      const right = x + (radius + 3) * unit;
      const isRight = right + long <= end;
      const left = isRight ? right : x - (radius + 3) * unit - long;
      const box: [number, number, number, number] = [
        left,
        y - 8 * unit * rows.length,
        left + long,
        y + 8 * unit * rows.length,
      ];
      const fits = !taken.some((other) => overlap(box, other));
      label.toggleAttribute("hidden", !fits);
      taken.push([x - radius * unit, y - radius * unit, x + radius * unit, y + radius * unit]);
      if (!fits) continue;
      taken.push(box);
      label.setAttribute("font-size", String(12.5 * unit));
      label.setAttribute("stroke-width", String(3 * unit));
      rows.forEach((row, place) => {
        row.setAttribute("x", String(isRight ? right : left + long));
        row.setAttribute("text-anchor", isRight ? "start" : "end");
        row.setAttribute("y", String(y + (4.5 + 14 * (place - (rows.length - 1) / 2)) * unit));
      });
    }
  }
}

/** What each party calls a disputed place. */
function names(spot: Spot): string[] {
  const named = spot.parties.filter((party) => party.name);
  return named.length ? named.map((party) => `${party.name} (${party.state})`) : [spot.label];
}

function overlap(a: [number, number, number, number], b: [number, number, number, number]): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
