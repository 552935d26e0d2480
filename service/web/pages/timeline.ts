// The timeline moves within its page: by its links, by + - 0 and the arrow keys, and as its fields are chosen.
import "../styles/timeline.css";
import { swapping } from "../parts/swap";

swapping();
