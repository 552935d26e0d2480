// What every page has: light or dark at the press of a button.
import { startTheme } from "../parts/theme";

startTheme();
