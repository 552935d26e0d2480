// What is drawn, as files: a PNG and an SVG of the picture, and GEXF with places and colours.
import { write } from "graphology-gexf/browser";
import { s } from "../drawing";
import type { Picture } from "./picture";

/** Give the reader a file. */
function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export function savePng(picture: Picture): void {
  const { renderer, colours } = picture;
  renderer.refresh({ schedule: false });
  const layers = [...renderer.getContainer().querySelectorAll("canvas")];
  const first = layers[0];
  if (!first) return;
  const canvas = document.createElement("canvas");
  canvas.width = first.width;
  canvas.height = first.height;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = colours.raised;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of layers) context.drawImage(layer, 0, 0);
  canvas.toBlob((blob) => blob && save("network.png", blob));
}

/** The picture as SVG: what is seen, at the places where it is seen now. */
export function svg(picture: Picture): SVGSVGElement {
  const { renderer, graph, colours } = picture;
  const { width, height } = renderer.getDimensions();
  const place = (id: string) => renderer.graphToViewport(graph.getNodeAttributes(id));
  const shown = picture.nodes();
  const labels = renderer.getNodeDisplayedLabels();
  const lines = picture.lines().map((line) => {
    const [a, b] = [place(line.source), place(line.target)];
    const size = renderer.getEdgeDisplayData(graph.edge(line.source, line.target) ?? "")?.size ?? 1;
    return s("line", {
      x1: a.x,
      y1: a.y,
      x2: b.x,
      y2: b.y,
      stroke: colours.line(line),
      "stroke-width": size,
    });
  });
  const circles = shown.flatMap(({ id, attributes }) => {
    const at = place(id);
    const data = renderer.getNodeDisplayData(id);
    const radius = renderer.scaleSize(data?.size ?? attributes.size);
    const circle = s("circle", { cx: at.x, cy: at.y, r: radius, fill: data?.color ?? colours.ink });
    if (!labels.has(id)) return [circle];
    return [circle, s("text", { x: at.x + radius + 3, y: at.y + 4, fill: colours.ink }, attributes.label)];
  });
  return s(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "font-family": "Source Sans 3, sans-serif",
      "font-size": 13,
    },
    s("rect", { width, height, fill: colours.raised }),
    ...lines,
    ...circles,
  );
}

export function saveSvg(picture: Picture): void {
  const text = new XMLSerializer().serializeToString(svg(picture));
  save("network.svg", new Blob([text], { type: "image/svg+xml" }));
}

export function saveGexf(picture: Picture): void {
  const kept = picture.graph.copy();
  const seen = new Set(picture.nodes().map(({ id }) => id));
  for (const id of picture.graph.nodes()) if (!seen.has(id)) kept.dropNode(id);
  for (const key of kept.edges()) {
    const { line } = kept.getEdgeAttributes(key);
    if (!picture.isSeen(line, line.source, line.target)) kept.dropEdge(key);
  }
  const text = write(kept, {
    formatNode: (id: string, { label, node, x, y, size }) => ({
      label,
      attributes: { kind: node.kind, class: node.class ?? "", weight: node.weight },
      viz: { x, y, size, color: renderedColour(picture, id) },
    }),
    formatEdge: (_: string, { line }) => ({
      weight: line.weight,
      attributes: {
        events: line.events,
        cooperative: line.cooperative,
        conflictual: line.conflictual,
        factuality: line.factuality,
        first: line.first ?? "",
        last: line.last ?? "",
      },
    }),
  });
  save("network.gexf", new Blob([text], { type: "application/gexf+xml" }));
}

const renderedColour = (picture: Picture, id: string) =>
  picture.renderer.getNodeDisplayData(id)?.color ?? "#888888";
