// A small globe that is turned to one place.
import { geoContains, geoGraticule10, geoOrthographic, geoPath } from "d3-geo";
import { s } from "./drawing";
import { shapes } from "./shapes";

const SIZE = 300;
const HEIGHT = 220;

/** Draw where the place of a figure is; the figure stays hidden where the shapes cannot be had. */
export async function startLocator(figure: HTMLElement): Promise<void> {
  const lon = Number(figure.dataset.lon);
  const lat = Number(figure.dataset.lat);
  const label = figure.dataset.label ?? "";
  const { countries, borders } = await shapes("fine");
  const projection = geoOrthographic()
    .rotate([-lon, -lat * 0.85])
    .scale(SIZE * 0.72)
    .translate([SIZE / 2, HEIGHT / 2])
    .clipAngle(90);
  const path = geoPath(projection);
  const point = projection([lon, lat]) ?? [SIZE / 2, HEIGHT / 2];
  const isState = Boolean(figure.dataset.iso);
  const picture = s(
    "svg",
    {
      viewBox: `0 0 ${SIZE} ${HEIGHT}`,
      role: "img",
      "aria-label": `Where ${label} is`,
      class: "map-picture",
    },
    s("path", { class: "sea", d: path({ type: "Sphere" }) ?? "" }),
    s("path", { class: "grid", d: path(geoGraticule10()) ?? "" }),
    ...countries.map((country) =>
      s("path", {
        class: isState && geoContains(country, [lon, lat]) ? "land here" : "land",
        d: path(country) ?? "",
      }),
    ),
    s("path", { class: "border", d: path(borders) ?? "" }),
    s("circle", {
      class: figure.dataset.disputed ? "spot disputed" : "spot",
      cx: point[0],
      cy: point[1],
      r: figure.dataset.disputed ? 7 : 5,
    }),
  );
  figure.prepend(picture);
  figure.hidden = false;
}
