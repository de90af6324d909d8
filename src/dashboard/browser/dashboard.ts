import { watchCopies } from "./copy.ts";
import { watchEditors } from "./editor.ts";
import { watchKeys } from "./keys.ts";
import { followLink } from "./link.ts";
import { refresh } from "./refresh.ts";
import { sayZone } from "./zone.ts";

// Comfort only: every page works without.
sayZone();
followLink();
watchCopies();
watchEditors();
watchKeys();
refresh();
