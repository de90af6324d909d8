import * as z from "zod";
import { sourceId } from "../../config/schema/source.ts";
import { DELETED } from "../../log/documents/last-good.ts";
import { insertToken } from "../../log/tokens.ts";
import { sha256Hex } from "../../platform/digest.ts";
import { operation, Refusal } from "../operation.ts";
import { deedOf } from "../people/deed.ts";
import { administrator, roles } from "../people/role.ts";
import { makeToken } from "../people/token-text.ts";
import { refuseUnknown, relayInForce } from "../relay-in-force.ts";
import { momentText, readMoment } from "../times/moment.ts";
import { hashToken, showToken, tokenView } from "./view.ts";

/** What stands for others where a name stands: nobody may be called so. */
const TAKEN = [administrator.name, "kv", DELETED, "api", "relay"];

/** E-mail addresses name people whom Access has signed in. */
const tokenName = z
  .string()
  .normalize("NFKC")
  .trim()
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._/-]{0,62}[\p{L}\p{M}\p{N}.])?$/u,
    "1 to 64 letters, digits, blanks, dots, dashes; no @",
  )
  .refine((name) => !TAKEN.includes(name.toLowerCase()), "this name stands for something else; choose another");

/** `POST /api/tokens` */
export const createToken = operation({
  who: "admin",
  summary: "Makes a named token; the answer shows it, once",
  takes: {
    body: z
      .strictObject({
        name: tokenName.describe("how versions, replays, pauses and the audit name whoever brings it"),
        role: z.enum([...roles, "receiver"]).describe("what whoever brings it may do"),
        destination: sourceId.optional().describe("the one that a receiver is bound to"),
        expires: momentText.optional().describe("RFC 3339; never, unless given"),
      })
      .refine(({ role, destination }) => (role === "receiver") === (destination !== undefined), {
        path: ["destination"],
        error: "a receiver is bound to one, and nobody else is",
      })
      .meta({ example: { name: "night shift", role: "operator", expires: "2999-12-31" } }),
  },
  gives: tokenView.extend({ token: z.string().describe("hst_…; it is kept nowhere") }),
  refusals: ["not_ready"],
  run: async ({ body, caller, ...work }) => {
    const { name, role, destination } = body;
    const relay = destination === undefined ? undefined : await relayInForce(work);
    if (relay instanceof Refusal) return relay;
    const unknown = relay && refuseUnknown(destination, relay);
    if (unknown !== undefined) return unknown;
    const expires = body.expires === undefined ? null : (readMoment(body.expires, "UTC", work.now) ?? null);
    if (expires !== null && expires <= work.now) return new Refusal("invalid_request", "body.expires: it is over");
    const { id, token } = makeToken();
    const kept = {
      id,
      name,
      role,
      destination: destination ?? null,
      created: work.now,
      maker: caller.name,
      expires,
      used: null,
    };
    const deed = deedOf(caller, "token.created", `tokens/${id} ${name}`, { after: await hashToken(kept) });
    const isKept = await insertToken(work.env.LOG, { ...kept, hash: await sha256Hex(token) }, deed);
    return isKept ? { ...showToken(kept), token } : notMade;
  },
});

const notMade = new Refusal(
  "invalid_request",
  "body.name: another token has this name, or there are too many; end one that nobody needs",
);
