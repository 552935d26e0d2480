// Two actors side by side need no script, only their styles.
import "../styles/compare.css";
