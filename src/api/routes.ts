import { readSeenAgents } from "./agents.ts";
import { listAudit } from "./audit/list.ts";
import { verifyChain } from "./audit/verify.ts";
import { readCall } from "./calls/read.ts";
import { checkConfig } from "./config/check.ts";
import { readConfig } from "./config/read.ts";
import { rekeyConfig } from "./config/rekey.ts";
import { replaceConfig } from "./config/replace.ts";
import { sealSecret } from "./config/seal.ts";
import { configStatus } from "./config/status.ts";
import { listConfigVersions, readConfigVersion, rollBackConfig } from "./config/versions.ts";
import { listDeadLetters } from "./dead-letters/list.ts";
import { pause, resume } from "./destinations/pause.ts";
import { listDestinations, readDestination } from "./destinations/read.ts";
import { endOldSecret, rotateSecret } from "./destinations/secret.ts";
import { test } from "./destinations/test.ts";
import { drift } from "./drift.ts";
import { listEvents } from "./events/list.ts";
import { readEvent } from "./events/read.ts";
import { revealEvent } from "./events/reveal.ts";
import { acknowledgeIncident } from "./incidents/acknowledge.ts";
import { listIncidents } from "./incidents/read.ts";
import { testAlerts } from "./incidents/test-alerts.ts";
import { ledger } from "./ledger.ts";
import { listLogins } from "./logins.ts";
import { me } from "./people/me.ts";
import { readMapChanges } from "./permissions/changes.ts";
import { checkMap } from "./permissions/check.ts";
import { dryRun } from "./permissions/dry-run.ts";
import { deleteRules, putRules } from "./permissions/edit-rules.ts";
import { explainPermissions } from "./permissions/explain/explain.ts";
import { endGrant, makeGrant } from "./permissions/grants.ts";
import { listMaps } from "./permissions/list.ts";
import { readGrants } from "./permissions/list-grants.ts";
import { readMatrix } from "./permissions/matrix.ts";
import { readPermissions } from "./permissions/read.ts";
import { replacePermissions } from "./permissions/replace.ts";
import { permissionsStatus } from "./permissions/status.ts";
import { unusedRules } from "./permissions/unused.ts";
import { listMapVersions, readMapVersion, rollBack } from "./permissions/versions.ts";
import { readReceipt } from "./receipts/read.ts";
import { readRejections } from "./rejections/list.ts";
import { readRejection } from "./rejections/read.ts";
import { tryRequest } from "./rejections/try.ts";
import { cancel, start } from "./replays/decide.ts";
import { listOfReplays, readOneReplay } from "./replays/read.ts";
import { replayEvent } from "./replays/replay-event.ts";
import { replayEvents } from "./replays/replay-events.ts";
import { selftest } from "./selftest/selftest.ts";
import type { Routes } from "./serve.ts";
import { addKey, endKey } from "./sources/key.ts";
import { listSources, readSource } from "./sources/read.ts";
import { stats } from "./stats.ts";
import { status } from "./status/status.ts";
import { createToken } from "./tokens/create.ts";
import { endToken } from "./tokens/end.ts";
import { readTokens } from "./tokens/list.ts";

/** Every operation of the API, one line each. */
export const routes = {
  "GET /api/events": listEvents,
  "GET /api/events/:id": readEvent,
  "POST /api/events/:id/reveal": revealEvent,
  "POST /api/events/:id/replay": replayEvent,
  "POST /api/replays": replayEvents,
  "GET /api/replays": listOfReplays,
  "GET /api/replays/:id": readOneReplay,
  "POST /api/replays/:id/start": start,
  "POST /api/replays/:id/cancel": cancel,
  "GET /api/calls/:source/:id": readCall,
  "GET /api/receipts/:id": readReceipt,
  "GET /api/rejections": readRejections,
  "GET /api/rejections/:id": readRejection,
  "POST /api/rejections/try": tryRequest,
  "GET /api/dead-letters": listDeadLetters,
  "GET /api/destinations": listDestinations,
  "GET /api/destinations/:id": readDestination,
  "POST /api/destinations/:id/pause": pause,
  "POST /api/destinations/:id/resume": resume,
  "POST /api/destinations/:id/test": test,
  "POST /api/destinations/:id/secret": rotateSecret,
  "DELETE /api/destinations/:id/secret": endOldSecret,
  "GET /api/sources": listSources,
  "GET /api/sources/:id": readSource,
  "POST /api/sources/:id/key": addKey,
  "DELETE /api/sources/:id/keys/:name": endKey,
  "POST /api/selftest": selftest,
  "GET /api/status": status,
  "GET /api/incidents": listIncidents,
  "POST /api/incidents/:id/ack": acknowledgeIncident,
  "POST /api/alerts/test": testAlerts,
  "GET /api/ledger": ledger,
  "GET /api/stats": stats,
  "GET /api/drift": drift,
  "GET /api/logins": listLogins,
  "GET /api/agents": readSeenAgents,
  "GET /api/config": readConfig,
  "PUT /api/config": replaceConfig,
  "POST /api/config/check": checkConfig,
  "GET /api/config/status": configStatus,
  "GET /api/config/versions": listConfigVersions,
  "GET /api/config/versions/:version": readConfigVersion,
  "POST /api/config/rollback": rollBackConfig,
  "POST /api/config/seal": sealSecret,
  "POST /api/config/rekey": rekeyConfig,
  "GET /api/permissions": listMaps,
  "GET /api/permissions/:source": readPermissions,
  "PUT /api/permissions/:source": replacePermissions,
  "PUT /api/permissions/:source/users/:id": putRules("users"),
  "DELETE /api/permissions/:source/users/:id": deleteRules("users"),
  "PUT /api/permissions/:source/usernames/:id": putRules("usernames"),
  "DELETE /api/permissions/:source/usernames/:id": deleteRules("usernames"),
  "PUT /api/permissions/:source/groups/:id": putRules("groups"),
  "DELETE /api/permissions/:source/groups/:id": deleteRules("groups"),
  "GET /api/permissions/:source/matrix": readMatrix,
  "GET /api/permissions/:source/grants": readGrants,
  "POST /api/permissions/:source/grants": makeGrant,
  "DELETE /api/permissions/:source/grants/:id": endGrant,
  "GET /api/permissions/:source/versions": listMapVersions,
  "GET /api/permissions/:source/versions/:version": readMapVersion,
  "GET /api/permissions/:source/versions/:version/changes": readMapChanges,
  "POST /api/permissions/:source/rollback": rollBack,
  "POST /api/permissions/:source/explain": explainPermissions,
  "POST /api/permissions/:source/check": checkMap,
  "POST /api/permissions/:source/dry-run": dryRun,
  "GET /api/permissions/:source/unused": unusedRules,
  "GET /api/permissions/:source/status": permissionsStatus,
  "GET /api/me": me,
  "GET /api/tokens": readTokens,
  "POST /api/tokens": createToken,
  "DELETE /api/tokens/:id": endToken,
  "GET /api/audit": listAudit,
  "GET /api/audit/verify": verifyChain,
} as const satisfies Routes;
