import * as z from "zod";
import { Refusal } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayClient, type RelayOptions } from "../relay/client.ts";
import { columns, paint } from "../terminal.ts";

/** Which relay, and for whom the answer is. */
interface Options extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** What a token is to be. */
interface NewToken extends Options {
  readonly destination?: string | undefined;
  readonly expires?: string | undefined;
}

const token = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  destination: z.string().optional(),
  created: z.string(),
  maker: z.string(),
  expires: z.string().optional(),
  used: z.string().optional(),
});
const tokens = z.object({ items: z.array(token) });
const made = token.extend({ token: z.string() });
type Token = z.infer<typeof token>;

/** Lists the named tokens of a relay. */
export async function tellTokens({ json, ...relay }: Options): Promise<void> {
  const items = await readTokens(openRelayClient(relay));
  if (json) console.log(JSON.stringify({ items }));
  else if (items.length === 0) console.log("no named tokens; npx hookswitch tokens create makes one");
  else console.log(columns([HEADINGS, ...items.map(toRow)]).join("\n"));
}

const HEADINGS = ["name", "role", "last used", "ends", "id"].map((text) => paint("dim", text));

function toRow({ id, name, role, destination, used = "never", expires = "never" }: Token): string[] {
  return [name, destination === undefined ? role : `${role} of ${destination}`, used, expires, id];
}

/** Makes a named token, and shows it. */
export async function createToken(
  name: string,
  role: string,
  { json, destination, expires, ...relay }: NewToken,
): Promise<void> {
  const body = JSON.stringify({ name, role, destination, expires });
  const answer = readAnswer(made, await openRelayClient(relay).call("POST", "tokens", { body }));
  if (json) console.log(JSON.stringify(answer));
  else console.log(`${answer.token}\n${paint("dim", `for ${answer.name}, ${role}; it is not shown again`)}`);
}

/** Ends a named token. */
export async function deleteToken(which: string, { json, ...relay }: Options): Promise<void> {
  const client = openRelayClient(relay);
  const found = (await readTokens(client)).find(({ id, name }) => id === which || name === which);
  if (found === undefined) throw new Refusal(`no token has the name or id ${which}`);
  const ended = readAnswer(token, await client.call("DELETE", `tokens/${encodeURIComponent(found.id)}`));
  console.log(json ? JSON.stringify(ended) : `${paint("green", "ended")}: ${ended.name}, ${ended.role}`);
}

async function readTokens(client: RelayClient): Promise<Token[]> {
  return readAnswer(tokens, await client.call("GET", "tokens")).items;
}
