// The one script that a page names. It attaches the behaviours that the page's elements ask for.
import { attachAll } from "./lib/behaviours.js";

document.documentElement.classList.add("js");
attachAll(document);
