// The page of an entity: a small map of where it is, and the network of those around it.
import { startEgo } from "../parts/ego";
import { startLocator } from "../parts/locator";

for (const figure of document.querySelectorAll<HTMLElement>("[data-map]")) startLocator(figure);
for (const box of document.querySelectorAll<HTMLElement>("[data-ego]")) startEgo(box);
