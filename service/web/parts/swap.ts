// Swaps a part of the page for the same part of another address, so that moving about keeps one's place.
// Links and forms with data-swap="SELECTOR" do; with data-key="KEY", a link also goes by that key.

let latest = 0;

async function swap(address: string, selector: string, remember: boolean): Promise<void> {
  const number = ++latest;
  const answer = await fetch(address).catch(() => undefined);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  if (number !== latest) return;
  const here = document.querySelector(selector);
  const there = page.querySelector(selector);
  if (!answer?.ok || !here || !there) {
    location.assign(address);
    return;
  }
  const focused = keyOf(document.activeElement);
  here.replaceWith(there);
  document.title = page.title;
  for (const form of document.querySelectorAll<HTMLFormElement>(`form[data-swap="${selector}"]`)) {
    fill(form, new URL(address, location.href).searchParams);
  }
  if (remember) history.pushState({ selector }, "", address);
  if (focused) document.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function keyOf(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset.key : undefined;
}

/** Days that a link has set are shown in the form, whose next sending would otherwise undo them. */
function fill(form: HTMLFormElement, values: URLSearchParams): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("input[type=date]")) {
    field.value = values.get(field.name) ?? "";
  }
}

function asked(form: HTMLFormElement): string {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value) address.searchParams.append(name, value);
  }
  return address.href;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea, [contenteditable=true]");
}

export function swapping(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element | null)?.closest("a[data-swap]");
    const address = link?.getAttribute("href");
    if (!link || !address) return;
    event.preventDefault();
    void swap(address, link.getAttribute("data-swap") ?? "", true);
  });
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key === "=" ? "+" : event.key;
    const link = document.querySelector<HTMLElement>(`a[data-key="${CSS.escape(key)}"]`);
    if (!link) return;
    event.preventDefault();
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  });
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-swap]")) {
    const selector = form.dataset.swap ?? "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.assign(asked(form));
    });
    for (const field of form.querySelectorAll("select")) {
      field.addEventListener("change", () => void swap(asked(form), selector, true));
    }
  }
  addEventListener("popstate", (event) => {
    const state: unknown = event.state;
    const selector =
      typeof state === "object" && state && "selector" in state ? String(state.selector) : undefined;
    const found = selector ?? document.querySelector<HTMLElement>("[data-swap]")?.dataset.swap;
    if (found) void swap(location.href, found, false);
  });
}
