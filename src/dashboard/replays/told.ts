import type * as z from "zod";
import type { replayItem } from "../../api/replays/item.ts";
import type { replayView } from "../../api/replays/view.ts";

/** A replay in a list. */
export type ListedReplay = z.output<typeof replayItem>;
/** A replay with how it goes. */
export type WholeReplay = z.output<typeof replayView>;
