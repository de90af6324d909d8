import { beforeEach, describe, expect, it } from "vitest";
import { routes } from "../../../src/api/routes.ts";
import { configure } from "../../delivery/scene.ts";
import { call, configureVcc } from "../call.ts";
import { makeToken } from "./somebody.ts";

/** Section 6 of the contract, column *who*, repeated by hand; `any` with a role, receivers included. */
const contract: Readonly<Record<keyof typeof routes, string>> = {
  "GET /api/events": "viewer or receiver",
  "GET /api/events/:id": "viewer or receiver",
  "GET /api/calls/:source/:id": "viewer",
  "POST /api/events/:id/reveal": "operator",
  "POST /api/events/:id/replay": "operator or receiver",
  "POST /api/replays": "operator",
  "GET /api/replays": "operator",
  "GET /api/replays/:id": "operator",
  "POST /api/replays/:id/start": "operator",
  "POST /api/replays/:id/cancel": "operator",
  "GET /api/receipts/:id": "viewer",
  "GET /api/rejections": "viewer",
  "GET /api/rejections/:id": "viewer",
  "POST /api/rejections/try": "operator",
  "GET /api/dead-letters": "viewer",
  "GET /api/destinations": "viewer",
  "GET /api/destinations/:id": "viewer or receiver",
  "POST /api/destinations/:id/pause": "operator",
  "POST /api/destinations/:id/resume": "operator",
  "POST /api/destinations/:id/test": "operator or receiver",
  "POST /api/destinations/:id/secret": "admin or receiver",
  "DELETE /api/destinations/:id/secret": "admin or receiver",
  "GET /api/sources": "viewer",
  "GET /api/sources/:id": "viewer",
  "POST /api/sources/:id/key": "admin",
  "DELETE /api/sources/:id/keys/:name": "admin",
  "POST /api/selftest": "admin",
  "GET /api/status": "viewer",
  "GET /api/incidents": "viewer",
  "POST /api/incidents/:id/ack": "operator",
  "POST /api/alerts/test": "operator",
  "GET /api/ledger": "viewer",
  "GET /api/stats": "viewer",
  "GET /api/drift": "viewer",
  "GET /api/config": "admin",
  "PUT /api/config": "admin",
  "GET /api/config/status": "admin",
  "GET /api/config/versions": "admin",
  "GET /api/config/versions/:version": "admin",
  "POST /api/config/rollback": "admin",
  "POST /api/config/check": "admin",
  "POST /api/config/seal": "admin",
  "POST /api/config/rekey": "admin",
  "GET /api/permissions": "supervisor",
  "GET /api/permissions/:source": "supervisor",
  "PUT /api/permissions/:source": "admin",
  "PUT /api/permissions/:source/users/:id": "admin",
  "DELETE /api/permissions/:source/users/:id": "admin",
  "PUT /api/permissions/:source/usernames/:id": "admin",
  "DELETE /api/permissions/:source/usernames/:id": "admin",
  "PUT /api/permissions/:source/groups/:id": "admin",
  "DELETE /api/permissions/:source/groups/:id": "admin",
  "GET /api/permissions/:source/versions": "supervisor",
  "GET /api/permissions/:source/versions/:version": "supervisor",
  "GET /api/permissions/:source/versions/:version/changes": "supervisor",
  "POST /api/permissions/:source/rollback": "admin",
  "POST /api/permissions/:source/explain": "supervisor",
  "POST /api/permissions/:source/dry-run": "supervisor",
  "GET /api/permissions/:source/unused": "supervisor",
  "GET /api/permissions/:source/status": "supervisor",
  "POST /api/permissions/:source/grants": "supervisor",
  "DELETE /api/permissions/:source/grants/:id": "supervisor",
  "GET /api/permissions/:source/grants": "supervisor",
  "GET /api/permissions/:source/matrix": "supervisor",
  "POST /api/permissions/:source/check": "supervisor",
  "GET /api/logins": "supervisor",
  "GET /api/agents": "supervisor",
  "GET /api/me": "viewer or receiver",
  "GET /api/tokens": "admin",
  "POST /api/tokens": "admin",
  "DELETE /api/tokens/:id": "admin",
  "GET /api/audit": "admin",
  "GET /api/audit/verify": "admin",
};

const ranks = ["viewer", "supervisor", "operator", "admin"];
const callers = [...ranks, "receiver", "none", "nobody's token"] as const;
const NOBODYS = "hst_000000000000_0000000000000000000000000000000000000000000000000000";

let tokens: ReadonlyMap<string, string>;

beforeEach(async () => {
  await configureVcc();
  await configure({ crm: { url: "https://crm.example.com/" } });
  const made = [...ranks, "receiver"].map(async (role): Promise<[string, string]> => {
    const { token } = await makeToken(role, role === "receiver" ? { destination: "crm" } : {});
    return [role, token];
  });
  tokens = new Map([...(await Promise.all(made)), ["nobody's token", NOBODYS]]);
});

function expected(who: string, caller: string): "passes" | 401 | 403 {
  if (caller === "none" || caller === "nobody's token") return 401;
  const [least = "", orReceiver] = who.split(" or ");
  if (caller === "receiver") return orReceiver === undefined ? 403 : "passes";
  return ranks.indexOf(caller) >= ranks.indexOf(least) ? "passes" : 403;
}

describe.each(Object.keys(routes))("%s", (route) => {
  it("is for those whom the contract names, and for nobody else", async () => {
    const who = new Map(Object.entries(contract)).get(route) ?? "";
    const [method = "", path = ""] = route.split(" ");
    const url = path.replace("/api/", "").replace("destinations/:id", "destinations/crm").replace(/:\w+/g, "x");
    for (const caller of callers) {
      const token = tokens.get(caller);
      // A parameter that stands twice is refused after the role, so that nothing is done.
      const { status, body } = await call(method, `${url}?twice=1&twice=2`, undefined, {
        authorization: token === undefined ? "" : `Bearer ${token}`,
      });
      const wanted = expected(who, caller);
      if (wanted === "passes") expect([caller, body.code]).toEqual([caller, "invalid_request"]);
      else expect([caller, status]).toEqual([caller, wanted]);
      if (wanted === 403)
        expect(body).toMatchObject({ code: "forbidden", detail: expect.stringContaining(who.split(" ")[0] ?? "") });
    }
  });
});
