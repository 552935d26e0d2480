// The page of the map: joins the world, the slider of time and the panel of what happened at a place.
import "../styles/world.css";
import { ask, thingAddress } from "../parts/api";
import { calmly, h, the } from "../parts/elements";
import { months, readSpots, type Spot, within } from "../parts/map/spots";
import { type Camera, World } from "../parts/map/world";
import { fact } from "../parts/network/panel";
import { TimeSlider } from "../parts/network/time";
import type { Fact } from "../parts/network/types";
import { shapes } from "../parts/shapes";

interface Placed extends Fact {
  roles: { role: string; thing: { id: string } | null }[];
}

const SHOWN = 200;
const CLOSE = 6;
const page = the("#map");
const panel = the("#panel");
const query = new URLSearchParams(location.search);
const state = {
  at: query.get("at") ?? "",
  since: query.get("since") ?? "",
  until: query.get("until") ?? "",
  disputed: query.get("disputed") === "true",
  camera: camera(query.get("camera")),
};
const spots = readSpots(the("#as-table"));
page.hidden = false;
const world = new World(the("#picture"), await shapes("fine"), spots, choose, (seen) => {
  state.camera = seen.k === 1 ? null : seen;
  remember();
});
const slider = new TimeSlider(the("#time"), (since, until) => {
  Object.assign(state, { since, until });
  show();
});

const remember = calmly(200, () => {
  const held = new URLSearchParams();
  for (const name of ["at", "since", "until"] as const) if (state[name]) held.set(name, state[name]);
  if (state.disputed) held.set("disputed", "true");
  if (state.camera) {
    const { x, y, k } = state.camera;
    held.set("camera", [x, y, k].map((value) => value.toFixed(2)).join(","));
  }
  const text = held.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  history.replaceState(null, "", text ? `?${text}` : location.pathname);
});

function camera(text: string | null): Camera | null {
  const [x, y, k] = (text ?? "").split(",").map(Number);
  return x !== undefined && y !== undefined && k ? { x, y, k } : null;
}

function show(): void {
  const narrowed = state.since || state.until;
  world.show(
    (spot) => within(spot, state.since, state.until),
    (spot) =>
      (!state.disputed || spot.parties.length > 0) &&
      (!narrowed || within(spot, state.since, state.until) > 0 || spot.id === state.at),
    state.at,
  );
  remember();
}

function choose(spot: Spot): void {
  state.at = spot.id;
  show();
  void tell(spot);
}

/** What is known of a place: who calls it what, and the events there with their sentences. */
async function tell(spot: Spot): Promise<void> {
  const events = await ask<{ total: number; items: Placed[] }>("/api/timeline", {
    entity: spot.id,
    limit: String(SHOWN),
  });
  const there = events.items.filter((event) =>
    event.roles.some(({ role, thing }) => role === "place" && thing?.id === spot.id),
  );
  const parties = spot.parties.map(({ state: party, name }) =>
    h("li", {}, h("b", {}, name || spot.label), h("span", { class: "note" }, ` so called by ${party}`)),
  );
  const others = events.total - there.length;
  panel.replaceChildren(
    h("h2", {}, h("a", { href: thingAddress(spot.id) }, spot.label)),
    ...(parties.length
      ? [h("p", {}, h("span", { class: "badge conflictual" }, "disputed")), h("ul", {}, ...parties)]
      : []),
    h("h3", {}, there.length ? "What happened there" : "No event of the texts happened there."),
    h("ol", { class: "facts" }, ...there.map(fact)),
    others > 0
      ? h(
          "p",
          { class: "note" },
          h(
            "a",
            { href: `/timeline?entity=${spot.id}` },
            others === 1 ? "1 more event" : `${others} more events`,
          ),
          " in which it has a part",
        )
      : h("span"),
  );
  panel.scrollTop = 0;
}

function welcome(): void {
  const eventful = spots.filter((spot) => spot.events).length;
  const contested = spots.filter((spot) => spot.parties.length);
  panel.replaceChildren(
    h("h2", {}, "The map"),
    h(
      "p",
      {},
      `${spots.length} places that the texts name; at ${eventful} of them something happened. Press one for the events and their sentences.`,
    ),
    contested.length ? h("h3", {}, "Disputed") : "",
    h(
      "ul",
      {},
      ...contested.map((spot) => {
        const button = h("button", { type: "button", class: "bare" }, spot.label);
        button.addEventListener("click", () => {
          world.center(spot, CLOSE);
          choose(spot);
        });
        return h("li", {}, button);
      }),
    ),
  );
}

the("#in").addEventListener("click", () => world.zoomBy(1.6));
the("#out").addEventListener("click", () => world.zoomBy(1 / 1.6));
the("#fit").addEventListener("click", () => world.fit());
const disputed = the<HTMLInputElement>("#disputed");
disputed.checked = state.disputed;
disputed.addEventListener("change", () => {
  state.disputed = disputed.checked;
  show();
});
slider.show(months(spots), state.since, state.until);
show();
const asked = spots.find((spot) => spot.id === state.at);
if (state.camera) world.look(state.camera);
else if (asked) world.center(asked, CLOSE);
if (asked) void tell(asked);
else welcome();
page.dataset.ready = "yes";
