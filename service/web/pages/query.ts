// An editor in the place of the plain field: colours, completion, and the place of an error.
import "../styles/query.css";
import { edit } from "../parts/editor";

edit();
