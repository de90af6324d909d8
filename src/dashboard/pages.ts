import { callPage } from "./calls/call-page.tsx";
import { deadLettersPage } from "./dead-letters/dead-letters-page.tsx";
import { eventPage } from "./events/event-page.ts";
import { eventsPage } from "./events/list-page.tsx";
import { replayEventAction } from "./events/replay.ts";
import { revealAction } from "./events/reveal.ts";
import { deskPage } from "./logins/desk-page.tsx";
import { endGrantAction, grantAction } from "./logins/grant.ts";
import { nowActions } from "./now/actions.ts";
import { nowPage } from "./now/now-page.tsx";
import type { Action, Page } from "./page/page.ts";
import { endGrantNow } from "./permissions/end-grant.ts";
import { mapsPage } from "./permissions/list-page.tsx";
import { mapPage } from "./permissions/map-page.tsx";
import { checkAction, publishAction, rollBackAction } from "./permissions/publish.ts";
import { mapTextPage } from "./permissions/text-page.ts";
import { unusedPage } from "./permissions/unused-page.tsx";
import { mapVersionPage } from "./permissions/version-page.tsx";
import { mapVersionsPage } from "./permissions/versions-page.tsx";
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
  deskPage,
  mapsPage,
  mapPage,
  mapTextPage,
  mapVersionsPage,
  mapVersionPage,
  unusedPage,
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
  grantAction,
  endGrantAction,
  checkAction,
  publishAction,
  rollBackAction,
  endGrantNow,
];
