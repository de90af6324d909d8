import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { isTimezone } from "../config/schema/timezone.ts";
import { Refusal } from "./refusal.ts";
import { paint } from "./terminal.ts";

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Highest number of a port. */
const MAX_PORT = 65_535;
/** Events stay that long. */
const MAX_DAYS = 30;

/** The arguments make no sense together; the message says which. Ends with exit code 2. */
export class UsageError extends Error {}

/**
 * A command of that name; its help is made of what is added to it.
 * @param example a typical use, from the command's name on; commands that only hold others have none
 */
export function command(name: string, summary: string, example?: string): Command {
  return new Command(name)
    .description(summary)
    .helpOption("-h, --help", "shows this")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.log(text.trimEnd()),
      writeErr: (text) => console.error(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error:/, "hookswitch:")),
    })
    .configureHelp({ styleTitle: (title) => paint("bold", title), subcommandTerm: (inner) => inner.name() })
    .addHelpText("after", example === undefined ? "" : `\n${paint("bold", "Example:")}\n  npx hookswitch ${example}`);
}

/** Reads the value of an option as a whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = readWhole(text, min, max);
    if (number === undefined) throw new InvalidArgumentError(`It has to be a whole number from ${min} to ${max}.`);
    return number;
  };
}

/** Reads the value of an option as the number of a port. */
export const portNumber = wholeNumber(1, MAX_PORT);

/** The number of a port from the environment, else the usual one. */
export function readPort(environment: Environment, name: string, usual: number): number {
  const text = environment[name];
  if (text === undefined || text === "") return usual;
  const port = readWhole(text, 1, MAX_PORT);
  if (port === undefined) throw new Refusal(`${name} is "${text}"; it has to be a port number from 1 to ${MAX_PORT}`);
  return port;
}

/** Undefined when the text is no whole number, or out of range. */
function readWhole(text: string, min: number, max: number): number | undefined {
  const number = Number(text);
  return text.trim() === "" || !Number.isInteger(number) || number < min || number > max ? undefined : number;
}

/** Reads the value of an option as a list, `7,11`. */
export function readListOption(text: string): string[] {
  return text.split(",").map((item) => item.trim());
}

/** Reads the value of an option as the URL of a relay, without a slash at its end. */
export function readRelayUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.username}${url.search}${url.hash}` === "";
  if (!isPlain) throw new InvalidArgumentError("It has to be a URL, such as https://relay.example.com.");
  let end = text.length;
  while (text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}

/** Reads the value of an option as the origin that a relay is reached at from outside. */
export function readOrigin(text: string): string {
  const url = readRelayUrl(text);
  if (url.startsWith("https://") && new URL(url).pathname === "/") return url;
  throw new InvalidArgumentError("It has to be an origin such as https://relay.example.com.");
}

/** Reads the value of an option as the URL of a receiver. */
export function readReceiverUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("It has to be a URL, such as http://localhost:3000/hooks.");
}

/** The number of a version of a document, or its hash. */
export const VERSION = /^(?:[0-9a-f]{16}|\d{1,15})$/;

/** Reads an argument as a version of a document. */
export function readVersion(text: string): string {
  if (VERSION.test(text)) return text;
  throw new InvalidArgumentError("It has to be the number or the hash of a version.");
}

/** Reads the value of an option as an IANA time zone. */
export function readZone(text: string): string {
  if (!isTimezone(text)) throw new InvalidArgumentError("It has to be an IANA time zone, such as Europe/Budapest.");
  return text;
}

/** Names of Workers and of what belongs to them have 63 characters at most. */
const ENVIRONMENT = /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/;
/** What has no other name is production. */
const PRODUCTION = "production";

function readEnvironment(text: string): string {
  if (ENVIRONMENT.test(text) && text !== PRODUCTION) return text;
  throw new InvalidArgumentError(
    "It has to be a word of up to 20 small letters, digits and dashes, such as staging; production has none.",
  );
}

/** Which relay of an account. */
export const environmentOption = new Option(
  "--env <name>",
  "another relay beside production's, with everything its own",
).argParser(readEnvironment);

/** Which relay. */
export const urlOption = new Option("--url <origin>", "the relay (the one on this machine, at PORT or 8787)").argParser(
  readRelayUrl,
);

/** What opens its API. */
export const tokenOption = new Option("--token <token>", "what opens its API: a token of yours (ADMIN_TOKEN)");

/** What a program reads. */
export const jsonOption = new Option("--json", "for programs: the relay's answer as it is");

/** What became of an event. */
export function stateOption(description: string) {
  return new Option("--state <state>", description).choices(["waiting", "delivered", "dead", "expired", "unrouted"]);
}

/** The beginning of a time span. */
export const sinceOption = new Option("--since <time>", "from then on: 9:00, yesterday 9:00, 2026-11-20 9:00");

/** Its end. */
export const untilOption = new Option("--until <time>", "before then");

/** The zone of the times that are written, and of those that are read. */
export const zoneOption = new Option("--zone <zone>", "IANA zone of the times (this machine's)").argParser(readZone);

/** More is not listed at once. */
const MAX_LISTED = 1000;

/** How many are listed. */
export function limitOption(usual: number) {
  return new Option("--limit <number>", `how many at most, 1 to ${MAX_LISTED}`)
    .argParser(wholeNumber(1, MAX_LISTED))
    .default(usual);
}

/** Whose map. */
export const mapSourceOption = new Option("-s, --source <id>", "whose map (the only source's that asks about logins)");

/** Changes that lock out everybody, or nobody. */
export const confirmOption = new Option(
  "--confirm",
  "also if everybody could log in then, or nobody, or grants for a while are gone",
);

/** An agent, by the vendor's id. */
export const userOption = new Option("--user <id>", "the agent, by id");

/** An agent, by name. */
export const usernameOption = new Option("--username <name>", "the agent, by user name");

/** A group of agents. */
export const groupOption = new Option("--group <id>", "a whole group instead");

/** How many days are looked at. */
export function daysOption(usual: number) {
  return new Option("--days <number>", `how many days back, 1 to ${MAX_DAYS}`)
    .argParser(wholeNumber(1, MAX_DAYS))
    .default(usual);
}
