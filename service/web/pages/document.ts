// Leads an address such as #char=254,267 to those words, also where no mark begins and ends just there.
import "../styles/document.css";

const PLACE = /^#char=(\d+),(\d+)$/;

function aim(): void {
  for (const one of document.querySelectorAll(".aimed")) one.classList.remove("aimed");
  CSS.highlights?.delete("aimed");
  const place = PLACE.exec(decodeURIComponent(location.hash));
  if (!place) return;
  const marked = document.querySelectorAll<HTMLElement>(`[data-place="${place[0].slice(1)}"]`);
  for (const one of marked) one.classList.add("aimed");
  const first = marked[0];
  if (first) {
    first.scrollIntoView({ block: "center" });
    first.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  } else {
    show(range(Number(place[1]), Number(place[2])));
  }
}

function show(words: Range | undefined): void {
  if (!words) return;
  CSS.highlights?.set("aimed", new Highlight(words));
  words.startContainer.parentElement?.scrollIntoView({ block: "center" });
}

/** The words between two offsets, which count code points, within one paragraph. */
function range(begin: number, end: number): Range | undefined {
  const paragraphs = [...document.querySelectorAll<HTMLElement>(".text p[data-begin]")];
  const paragraph = paragraphs.findLast((one) => Number(one.dataset.begin) <= begin);
  if (!paragraph) return undefined;
  const words = document.createRange();
  let offset = Number(paragraph.dataset.begin);
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const characters = [...(node.nodeValue ?? "")];
    const units = (count: number): number => characters.slice(0, count).join("").length;
    if (offset <= begin && begin < offset + characters.length) words.setStart(node, units(begin - offset));
    offset += characters.length;
    if (end <= offset) {
      words.setEnd(node, units(characters.length - (offset - end)));
      return words;
    }
  }
  return undefined;
}

addEventListener("hashchange", aim);
aim();
// A browser goes to the fragment itself once all is loaded, and leaves the focus nowhere.
if (document.readyState !== "complete") addEventListener("load", () => setTimeout(aim));
