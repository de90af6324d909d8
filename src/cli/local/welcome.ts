import { faultText } from "../../config/documents/fault-text.ts";
import type { Fault, Parsed } from "../../config/documents/parse.ts";
import { isLoopback } from "../../config/host.ts";
import { parseRelay } from "../../config/parse-relay.ts";
import { keyPlaceholder, kindsInUrl } from "../../config/paste.ts";
import { remarkRelay } from "../../config/remarks.ts";
import type { RelayDocument } from "../../config/schema/relay.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { vendorOf } from "../../vendors/index.ts";
import { version } from "../../version.ts";
import { listFaults } from "../faults.ts";
import { pasteUrl } from "../paste.ts";
import { columns, paint } from "../terminal.ts";
import type { LocalRelay } from "./open.ts";
import { inProject } from "./project-path.ts";
import { usualState } from "./settings.ts";
import type { ReplacedDocument } from "./state/state.ts";
import { tries } from "./tries.ts";

/**
 * What start says when all of it runs.
 * @param state folder of the local state
 * @param signInLink signs in to the dashboard, once
 * @param more lines about what this start does besides
 */
export function welcomeText(
  local: LocalRelay,
  state: string,
  signInLink: string,
  more: readonly string[] = [],
): string {
  const parsed = parseRelay(local.relay, { allowPrivate: true, publicUrl: local.values.PUBLIC_URL });
  const document = parsed.state === "invalid" ? undefined : parsed.value;
  return [
    `${paint("bold", `hookswitch ${version}`)} runs on this machine; Ctrl-C ends it`,
    "",
    ...columns([
      [paint("bold", "dashboard"), `${paint("cyan", signInLink)}  signs in, once, for five minutes`],
      [paint("bold", "relay"), paint("cyan", local.url)],
      [paint("bold", "sink"), `${paint("cyan", local.sinkUrl)}  verifies signatures, prints what it gets below`],
      [
        paint("bold", "ledger"),
        `${paint("cyan", `${local.url}/api/ledger`)}  Authorization: Bearer ${local.adminToken}`,
      ],
      [paint("bold", "state"), describeState(state)],
    ]),
    ...notices(local, parsed, persistTo(state)),
    ...(document === undefined ? [] : sources(document, local)),
    ...(document === undefined ? [] : tries(document, local)),
    ...more,
    "",
    paint("bold", "Events at the sink"),
    ...(document !== undefined && !reachesSink(document, local)
      ? [paint("dim", `  none: no destination is this sink; one with the URL ${local.sinkUrl}/ would be`)]
      : []),
  ].join("\n");
}

function reachesSink({ destinations }: RelayDocument, { sinkUrl }: LocalRelay): boolean {
  const { port } = new URL(sinkUrl);
  return Object.values(destinations).some(({ url }) => URL.canParse(url) && isThisMachine(new URL(url), port));
}

function isThisMachine(url: URL, port: string): boolean {
  return isLoopback(url.hostname) && url.port === port;
}

function describeState(state: string): string {
  return `${state.replace(inProject(""), "")}  shared with npx wrangler kv … ${persistTo(state)}`;
}

/** How wrangler's commands find the state. */
function persistTo(state: string): string {
  return state === usualState ? "--local" : `--local --persist-to ${state}`;
}

function notices(
  { kept, replaced, missing, values }: LocalRelay,
  parsed: Parsed<RelayDocument>,
  where: string,
): string[] {
  const lines = [
    ...kept.map(
      ({ binding, key }) =>
        `${key} was edited by hand and is kept; npx wrangler kv key delete ${key} --binding ${binding} ${where} undoes that`,
    ),
    ...replaced.map(describeReplaced),
    ...missing.map(
      (name) =>
        `env:${name} is set neither in the environment nor in .dev.vars: add a line ${name}=… to .dev.vars, then npm start again`,
    ),
    ...(parsed.state === "invalid"
      ? [`CONFIG relay is not valid, the last good version stays in force:\n${listFaults(parsed.faults)}`]
      : remarkRelay(parsed.value, lookupIn(values)).filter(isNotMissing(missing)).map(faultText)),
    ...(parsed.state === "faulty"
      ? [`CONFIG relay is faulty; destinations with a fault are held:\n${listFaults(parsed.faults)}`]
      : []),
  ];
  return lines.length === 0 ? [] : ["", ...lines.map((line) => paint("yellow", `  ! ${line}`))];
}

/** What was edited is still a version of the relay's, so that nothing is lost. */
function describeReplaced({ binding, key, file, was }: ReplacedDocument): string {
  if (was === undefined) return `${file} replaces what had been put into ${binding} ${key} by hand`;
  const back = binding === "CONFIG" ? "config rollback" : `permissions rollback --source ${key}`;
  return `${file} replaces version ${was.version} of ${key}, by ${was.who}, ${whenAt(was.at)}; npx hookswitch ${back} ${was.version} undoes that`;
}

function whenAt(at: number): string {
  const [moment, now] = [new Date(at), new Date()];
  const day = moment.toDateString() === now.toDateString() ? "" : `${moment.toLocaleDateString("sv-SE")} `;
  return `${day}${moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}

/** On this machine another way to set it is meant than the remark says. */
function isNotMissing(missing: readonly string[]): (remark: Fault) => boolean {
  return ({ message }) => !missing.some((name) => message.startsWith(`env:${name} is not set`));
}

function sources({ sources }: RelayDocument, { url: base, values }: LocalRelay): string[] {
  const rows = Object.entries(sources).map(([id, source]) => {
    const kind = kindsInUrl(source).length > 0 ? "<kind>" : undefined;
    const { url, hint } = pasteUrl(base, id, source, kind, showKey(source.keys[0] ?? "", values));
    return [id, paint("dim", vendorOf(source.vendor).name), paint("cyan", url), hint ?? ""];
  });
  return [
    "",
    `${paint("bold", "What a vendor calls")}, through a tunnel or once deployed; npx hookswitch url --all has every kind`,
    ...columns(rows),
    paint("dim", `  a tunnel: cloudflared tunnel --url ${base}`),
  ];
}

/** The demo's key is no secret; of any other only the name is shown. */
function showKey(reference: string, values: Readonly<Record<string, string>>): string {
  return reference === "env:DEMO_KEY" ? (values.DEMO_KEY ?? "") : keyPlaceholder(reference);
}
