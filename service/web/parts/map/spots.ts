// The places of the map, as the page's table has them.

export interface Spot {
  id: string;
  label: string;
  kind: string;
  lon: number;
  lat: number;
  events: number;
  mentions: number;
  spells: [string, string][];
  parties: { state: string; name: string }[];
  row: HTMLTableRowElement;
}

/** The places that the rows of a table tell of. */
export function readSpots(table: ParentNode): Spot[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tr[data-id]")].map((row) => {
    const { id = "", kind = "", lon, lat, events, mentions, spells = "" } = row.dataset;
    return {
      id,
      kind,
      label: row.querySelector("a")?.textContent ?? id,
      lon: Number(lon),
      lat: Number(lat),
      events: Number(events),
      mentions: Number(mentions),
      spells: spells
        .split(" ")
        .filter(Boolean)
        .map((spell) => spell.split("/") as [string, string]),
      parties: [...row.querySelectorAll<HTMLElement>(".party")].map((party) => ({
        state: party.dataset.party ?? "",
        name: party.dataset.name ?? "",
      })),
      row,
    };
  });
}

/** Events of a place within a window of time; all of them where it is open. */
export function within(spot: Spot, since: string, until: string): number {
  if (!since && !until) return spot.events;
  return spot.spells.filter(
    ([begin, end]) =>
      (begin || end) && (!until || !begin || begin <= until) && (!since || !end || end >= since),
  ).length;
}

/** How many events each month has, all places together. */
export function months(spots: Spot[]): { value: string; label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const spot of spots) {
    for (const [begin, end] of spot.spells) {
      const day = begin || end;
      if (day) counts.set(day.slice(0, 7), (counts.get(day.slice(0, 7)) ?? 0) + 1);
    }
  }
  return [...counts].sort().map(([value, count]) => ({ value, label: value, count }));
}
