import * as z from "zod";
import { Refusal } from "../../refusal.ts";
import { ApiRefusal, type CloudflareApi, openCloudflare } from "./api.ts";
import { loginToCloudflare, readToken } from "./wrangler.ts";

/** The account that the relay is in. */
export interface CloudAccount {
  readonly id: string;
  readonly name: string;
  readonly api: CloudflareApi;
}

const accounts = z.array(z.object({ id: z.string(), name: z.string() }));

/**
 * Opens the account that wrangler would use.
 * @param chosen its id, from wrangler.toml or `CLOUDFLARE_ACCOUNT_ID`; needed where a login has several
 */
export async function openAccount(chosen: string | undefined, environment: NodeJS.ProcessEnv): Promise<CloudAccount> {
  const api = openCloudflare(await tokenIn(environment), environment);
  const known = await api.call(accounts, "GET", "accounts?per_page=50").catch((error: unknown) => {
    // A token may be made for one account without the right to list any.
    if (chosen !== undefined) return [];
    if (!(error instanceof ApiRefusal)) throw error;
    throw new Refusal(
      `${error.message}\n  Where the token is right, set CLOUDFLARE_ACCOUNT_ID: it need not list accounts then.`,
    );
  });
  if (chosen !== undefined) return { id: chosen, name: known.find(({ id }) => id === chosen)?.name ?? chosen, api };
  const [only] = known;
  if (only === undefined) throw new Refusal("this login has no account of Cloudflare's");
  if (known.length > 1) {
    const choice = known.map(({ id, name }) => `\n  ${id}  ${name}`).join("");
    throw new Refusal(`which account? set CLOUDFLARE_ACCOUNT_ID to one of${choice}`);
  }
  return { ...only, api };
}

/** The account that wrangler.toml names, else the environment. */
export function chosenAccount(
  { account_id }: { account_id?: string | undefined },
  { CLOUDFLARE_ACCOUNT_ID: named }: NodeJS.ProcessEnv,
) {
  return account_id ?? (named === "" ? undefined : named);
}

async function tokenIn(environment: NodeJS.ProcessEnv): Promise<string> {
  const given = environment.CLOUDFLARE_API_TOKEN;
  if (given !== undefined && given !== "") return given;
  const known = await readToken();
  if (known !== undefined) return known;
  if (process.stdin.isTTY && process.stdout.isTTY) {
    await loginToCloudflare();
    const token = await readToken();
    if (token !== undefined) return token;
  }
  throw new Refusal(
    "nobody is logged in to Cloudflare: npx wrangler login, or set CLOUDFLARE_API_TOKEN (a global API key is not enough)",
  );
}
