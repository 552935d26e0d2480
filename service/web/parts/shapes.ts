// The shapes of countries (Natural Earth, by way of world-atlas), fetched once when a map is first drawn.
import type { Feature, FeatureCollection, MultiLineString } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import fine from "world-atlas/countries-50m.json?address";
import coarse from "world-atlas/countries-110m.json?address";

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;

export interface Shapes {
  /** Countries by their names in Natural Earth. */
  countries: Feature[];
  /** Where two countries meet. */
  borders: MultiLineString;
}

const kept = new Map<string, Promise<Shapes>>();

/** The shapes at one of two scales: 1:50 million, with small islands, or 1:110 million for small maps. */
export function shapes(scale: "fine" | "coarse"): Promise<Shapes> {
  const address = new URL(scale === "fine" ? fine : coarse, import.meta.url).href;
  const found = kept.get(address) ?? load(address);
  kept.set(address, found);
  return found;
}

async function load(address: string): Promise<Shapes> {
  const topology = (await (await fetch(address)).json()) as Countries;
  const countries = feature(topology, topology.objects.countries) as FeatureCollection;
  const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);
  return { countries: countries.features, borders };
}
