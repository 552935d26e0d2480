// Light or dark: the system's choice until the reader makes one, which is kept.

type Theme = "light" | "dark";

/** What is shown now. */
export function shownTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Call back whenever light turns to dark or back. */
export function onTheme(call: (theme: Theme) => void): void {
  document.addEventListener("themechange", () => call(shownTheme()));
}

/** The colour of a design token such as "--ink" as it is now, as "rgb(…)"; that of another where it has none. */
export function colour(name: string, otherwise = "--ink"): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name}, var(${otherwise}))`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** Let the button of the page's head switch. */
export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("#theme");
  const told = () => document.dispatchEvent(new Event("themechange"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", told);
  if (!button) return;
  const label = () => {
    button.setAttribute("aria-pressed", String(shownTheme() === "dark"));
    button.hidden = false;
  };
  button.addEventListener("click", () => {
    const next: Theme = shownTheme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("theme", next);
    } catch {
      // Kept for this page only where storage is forbidden.
    }
    told();
  });
  onTheme(label);
  label();
}
