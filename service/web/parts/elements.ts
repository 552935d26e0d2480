// Elements made of words, never of markup, so that nothing in a text can act.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** An element with attributes and children; false and null leave either out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** The element that a page is sure to have. */
export function the<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/** A text with some stretches marked, which are counted in code points. */
export function marked(text: string, marks: [number, number][]): (Node | string)[] {
  const points = Array.from(text);
  const part = (begin: number, end?: number) => points.slice(begin, end).join("");
  const pieces: (Node | string)[] = [];
  let done = 0;
  for (const [begin, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (begin < done) continue;
    pieces.push(part(done, begin), h("mark", {}, part(begin, end)));
    done = end;
  }
  pieces.push(part(done));
  return pieces;
}

/** Call at most once in so many milliseconds, with the last arguments. */
export function calmly<A extends unknown[]>(milliseconds: number, call: (...args: A) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args: A) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), milliseconds);
  };
}
