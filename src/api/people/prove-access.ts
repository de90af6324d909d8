import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import * as z from "zod";
import type { AccessSettings } from "../../config/access-settings.ts";

/** Whom Cloudflare Access has signed in. */
export interface Visitor {
  /** In small letters; a service has none. */
  readonly email: string | undefined;
  /** How they are named: by e-mail address, a service by its own name. */
  readonly name: string;
  readonly groups: readonly string[];
  /** When it ends, milliseconds since the epoch. */
  readonly expires: number;
}

/** What came of an assertion: `unreadable` where the keys of the team cannot be read. */
export type Assertion = Visitor | "wrong" | "unreadable";

const KEYS_PATH = "/cdn-cgi/access/certs";
const KEYS_LIMIT_MS = 2000;
const ALGORITHMS = ["RS256", "ES256"];
const CLOCK_TOLERANCE_SECONDS = 30;
/** jose's names for keys that it did not get: not the assertion is at fault. */
const NO_KEYS = ["ERR_JWKS_TIMEOUT", "ERR_JOSE_GENERIC", "ERR_JWKS_INVALID"];

const names = z.array(z.string()).catch([]);
const claims = z.object({
  email: z.string().trim().toLowerCase().min(1).optional().catch(undefined),
  common_name: z.string().trim().min(1).optional().catch(undefined),
  sub: z.string().optional().catch(undefined),
  exp: z.number(),
  groups: names,
  /** Where Access puts the claims of an identity provider that it is told to send. */
  custom: z.object({ groups: names }).catch({ groups: [] }),
});

type Keys = ReturnType<typeof createRemoteJWKSet>;
/** The keys of a team, which jose keeps and reads anew when one is missing, at most every half minute. */
const keysOf = new Map<string, Keys>();

/** Whom a `cf-access-jwt-assertion` names, if Access has made it for this relay and it still holds. Never rejects. */
export async function proveAccess(assertion: string, { issuer, audiences }: AccessSettings): Promise<Assertion> {
  const keys = keysOf.get(issuer) ?? openKeys(issuer);
  try {
    const { payload } = await jwtVerify(assertion, keys, {
      issuer,
      audience: [...audiences],
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ["exp"],
    });
    const { email, common_name, sub, exp, groups, custom } = claims.parse(payload);
    const name = email ?? common_name ?? sub;
    if (name === undefined || name === "") return "wrong";
    return { email, name, groups: [...new Set([...groups, ...custom.groups])], expires: exp * 1000 };
  } catch (error) {
    return error instanceof errors.JOSEError && !NO_KEYS.includes(error.code) ? "wrong" : "unreadable";
  }
}

function openKeys(issuer: string): Keys {
  const keys = createRemoteJWKSet(new URL(KEYS_PATH, issuer), { timeoutDuration: KEYS_LIMIT_MS });
  keysOf.set(issuer, keys);
  return keys;
}
