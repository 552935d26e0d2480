// What is drawn, as a table: the same edges for those who do not see or point at the picture.
import { thingAddress } from "../api";
import { h, the } from "../elements";
import type { Picture } from "./picture";
import type { Line } from "./types";

const MOST = 300;

/** List the edges that are seen, the heaviest first, each with a way to its evidence. */
export function showTable(box: HTMLElement, picture: Picture, evidence: (line: Line) => void): void {
  const lines = picture.lines().sort((a, b) => b.weight - a.weight);
  const end = (id: string) => {
    const { node, label } = picture.graph.getNodeAttributes(id);
    return node.kind === "community" ? label : h("a", { href: thingAddress(id) }, label);
  };
  const rows = lines.slice(0, MOST).map((line) => {
    const button = h("button", { type: "button", class: "bare" }, "Evidence");
    button.addEventListener("click", () => evidence(line));
    const aggregated = line.source.startsWith("community/");
    const dates = [line.first, line.last].filter((day, place, all) => day && day !== all[place - 1]);
    return h(
      "tr",
      {},
      h("td", {}, end(line.source)),
      h("td", {}, end(line.target)),
      ...[line.weight, line.cooperative, line.conflictual].map((count) =>
        h("td", { class: "number" }, String(count)),
      ),
      h("td", {}, dates.join(" – ")),
      h("td", {}, aggregated ? null : button),
    );
  });
  the("tbody", box).replaceChildren(...rows);
  const more = lines.length > MOST ? `, the heaviest ${MOST} listed` : "";
  the("summary .note", box).textContent =
    `${picture.nodes().length.toLocaleString("en")} nodes, ${lines.length.toLocaleString("en")} edges${more}`;
}
