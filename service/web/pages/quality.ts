// The page of quality needs no script, only its styles.
import "../styles/quality.css";
