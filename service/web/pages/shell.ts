// What every page has: suggestions below its search field, and light or dark at the press of a button.
import { startSearch } from "../parts/finder";
import { startTheme } from "../parts/theme";

startTheme();
for (const input of document.querySelectorAll<HTMLInputElement>('form[role="search"] input[type="search"]')) {
  startSearch(input);
}
