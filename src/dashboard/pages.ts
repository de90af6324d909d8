import { callPage } from "./calls/call-page.tsx";
import { deadLettersPage } from "./dead-letters/dead-letters-page.tsx";
import { eventPage } from "./events/event-page.ts";
import { eventsPage } from "./events/list-page.tsx";
import { replayEventAction } from "./events/replay.ts";
import { revealAction } from "./events/reveal.ts";
import { nowActions } from "./now/actions.ts";
import { nowPage } from "./now/now-page.tsx";
import type { Action, Page } from "./page/page.ts";
import { refusedPage } from "./refused/refused-page.tsx";
import { refusedRequestPage } from "./refused/request-page.tsx";
import { tryAction, tryPage } from "./refused/try.ts";
import { replaysPage } from "./replays/list-page.tsx";
import { countReplayAction, newReplayPage } from "./replays/new.ts";
import { cancelReplayAction, replayPage, startReplayAction } from "./replays/replay-page.ts";

/** Every page, one line each; of two that fit an address the first is shown. */
export const pages: readonly Page[] = [
  nowPage,
  eventsPage,
  eventPage,
  callPage,
  refusedPage,
  tryPage,
  refusedRequestPage,
  deadLettersPage,
  replaysPage,
  newReplayPage,
  replayPage,
];

/** Every form that does something, one line each. */
export const actions: readonly Action[] = [
  ...nowActions,
  revealAction,
  replayEventAction,
  tryAction,
  countReplayAction,
  startReplayAction,
  cancelReplayAction,
];
