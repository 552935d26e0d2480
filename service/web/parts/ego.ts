// The network around one thing, small: a look at it, and a way to its neighbours.
import { ask, thingAddress } from "./api";
import { Picture } from "./network/picture";
import type { Drawn } from "./network/types";

const NODES = "36";

/** Draw the surroundings of the thing that a box names; it stays hidden where there is nothing to draw. */
export async function startEgo(box: HTMLElement): Promise<void> {
  const id = box.dataset.ego ?? "";
  const query = new URLSearchParams({ around: id, depth: "1", nodes: NODES });
  for (const kind of ["actor", "territory"]) query.append("kind", kind);
  const drawn = await ask<Drawn>("/api/drawing", query);
  if (drawn.edges.length < 2) return;
  box.hidden = false;
  const look = {
    colour: "kind" as const,
    hidden: new Set<string>(),
    since: "",
    until: "",
    undated: true,
    selected: new Set([id]),
    selectedLine: null,
    path: new Set<string>(),
  };
  const picture = new Picture(box, box.dataset.layout ?? "", look, {
    onNode: (node) => {
      if (node !== id) location.assign(thingAddress(node));
    },
  });
  picture.renderer.setSetting("enableCameraZooming", false);
  picture.renderer.setSetting("labelRenderedSizeThreshold", drawn.nodes.length > 14 ? 7 : 2);
  picture.show(drawn, { [id]: [0, 0] });
  picture.arrange();
}
