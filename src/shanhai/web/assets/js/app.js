/* Behaviour of every page. Each module is small, bound by data-shanhai-*, and says nothing in words:
   words come from the templates, so that they are translated in one place. Pages work without any of it. */
import "htmx.org";
import "./autosubmit.js";
import "./choices.js";
import "./confirm.js";
import "./drafts.js";
import "./files.js";
import "./insert.js";
import "./menus.js";
import "./network.js";
import "./page.js";
import "./plots.js";
import "./queue.js";
import "./selection.js";
import "./shortcuts.js";
