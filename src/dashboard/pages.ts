import { auditPage } from "./audit/audit-page.tsx";
import { callPage } from "./calls/call-page.tsx";
import { configurationPage } from "./configuration/edit-view.tsx";
import { makeDestination, newDestinationPage } from "./configuration/new-destination.tsx";
import { makeSource, newSourcePage } from "./configuration/new-source.tsx";
import { configurationActions } from "./configuration/publish.ts";
import { configVersionPage, configVersionsPage } from "./configuration/versions-page.tsx";
import { deadLettersPage } from "./dead-letters/dead-letters-page.tsx";
import { destinationActions } from "./destinations/act.tsx";
import { destinationsPage } from "./destinations/list-page.tsx";
import { destinationPage } from "./destinations/one-page.tsx";
import { pauseActions } from "./destinations/pause.ts";
import { eventPage } from "./events/event-page.ts";
import { eventsPage } from "./events/list-page.tsx";
import { replayEventAction } from "./events/replay.ts";
import { revealAction } from "./events/reveal.ts";
import { acknowledge, incidentsPage } from "./incidents/incidents-page.tsx";
import { testAlert } from "./incidents/test-alerts.tsx";
import { ledgerPage } from "./ledger/ledger-page.tsx";
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
import { receiverActions } from "./receiver/act.tsx";
import { receiverEventPage, receiverReplay } from "./receiver/event-page.tsx";
import { receiverPage } from "./receiver/receiver-page.tsx";
import { refusedPage } from "./refused/refused-page.tsx";
import { refusedRequestPage } from "./refused/request-page.tsx";
import { tryAction, tryPage } from "./refused/try.ts";
import { replaysPage } from "./replays/list-page.tsx";
import { countReplayAction, newReplayPage } from "./replays/new.ts";
import { cancelReplayAction, replayPage, startReplayAction } from "./replays/replay-page.ts";
import { sourceActions } from "./sources/act.tsx";
import { sourcesPage } from "./sources/list-page.tsx";
import { sourcePage } from "./sources/one-page.tsx";
import { tokenActions } from "./tokens/act.tsx";
import { tokensPage } from "./tokens/tokens-page.tsx";

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
  destinationsPage,
  destinationPage,
  sourcesPage,
  sourcePage,
  configurationPage,
  newDestinationPage,
  newSourcePage,
  configVersionsPage,
  configVersionPage,
  incidentsPage,
  ledgerPage,
  tokensPage,
  auditPage,
  receiverPage,
  receiverEventPage,
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
  ...pauseActions,
  ...destinationActions,
  ...sourceActions,
  ...configurationActions,
  makeDestination,
  makeSource,
  acknowledge,
  testAlert,
  ...tokenActions,
  ...receiverActions,
  receiverReplay,
];
