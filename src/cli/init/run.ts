import { existsSync } from "node:fs";
import { appendFile, chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Parsed } from "../../config/documents/parse.ts";
import { parseRelay } from "../../config/parse-relay.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { documentFiles } from "../deploy/plan/documents.ts";
import { listFaults } from "../faults.ts";
import { DEV_VARS, readDevVars } from "../local/dev-vars.ts";
import { inProject } from "../local/project-path.ts";
import { Refusal } from "../refusal.ts";
import { paint } from "../terminal.ts";
import { askWishes, type GivenWishes } from "./ask.ts";
import { draftDocuments } from "./draft.ts";

const OWNER_ONLY = 0o600;

/** `json`: what was written is told for programs. */
export interface InitOptions extends GivenWishes {
  readonly json?: boolean | undefined;
}

/** A file that is written, and what its text has to be. */
interface DraftFile {
  readonly name: string;
  readonly text: string;
  readonly parse: (text: string) => Parsed<unknown>;
}

/** Writes first documents and the secrets that they name, and says what comes next. Nothing that is there is replaced. */
export async function init({ json, ...given }: InitOptions): Promise<void> {
  const { relay: relayFile, maps } = documentFiles;
  refuseWhatIsThere([relayFile]);
  const wishes = await askWishes(given);
  const { relay, permissions, secrets } = draftDocuments(wishes);
  const files: readonly DraftFile[] = [
    { name: relayFile, text: print(relay), parse: (text) => parseRelay(text, { allowPrivate: false }) },
    ...Object.entries(permissions).map(([source, map]) => ({
      name: join(maps, `${source}.json`),
      text: print(map),
      parse: parsePermissions,
    })),
  ];
  refuseWhatIsThere(files.map(({ name }) => name));
  refuseWhatIsNotValid(files);
  // What these files name is there before they are.
  const added = await addSecrets(secrets);
  for (const { name, text } of files) {
    await mkdir(dirname(inProject(name)), { recursive: true });
    await writeFile(inProject(name), text);
  }
  const written: Written = {
    files: files.map(({ name }) => name),
    secrets: added,
    zone: wishes.zone,
    next: [startWith(Object.keys(permissions).length > 0), "npm run deploy"],
  };
  console.log(json ? JSON.stringify(written) : listWritten(written, wishes.destinations));
}

/** What was written, and what comes next. */
interface Written {
  readonly files: readonly string[];
  /** Names of the secrets that were added to .dev.vars. */
  readonly secrets: readonly string[];
  readonly zone: string;
  /** Commands. */
  readonly next: readonly [start: string, deploy: string];
}

function startWith(hasMaps: boolean): string {
  const { relay, maps } = documentFiles;
  return `npm start -- --config ${relay}${hasMaps ? ` --permissions ${maps}` : ""}`;
}

function listWritten(
  { files, secrets, zone, next: [start, deploy] }: Written,
  destinations: readonly string[],
): string {
  return [
    `${paint("green", "written")}  ${files.join(", ")}`,
    ...(secrets.length === 0
      ? []
      : [`${paint("green", "added")}    ${secrets.join(", ")} to ${DEV_VARS}, which git ignores`]),
    `Time zone ${zone}, ${destinations.length === 0 ? "no destination yet" : destinations.join(", ")}.`,
    "",
    "Look through them, then",
    `  ${start}   ${paint("dim", "on this machine")}`,
    `  ${deploy}   ${paint("dim", "in your account")}`,
  ].join("\n");
}

function refuseWhatIsThere(names: readonly string[]): void {
  const there = names.filter((name) => existsSync(inProject(name)));
  if (there.length > 0) throw new Refusal(`${there.join(", ")} is there already; take it away to begin anew`);
}

function refuseWhatIsNotValid(files: readonly DraftFile[]): void {
  for (const { name, text, parse } of files) {
    const parsed = parse(text);
    if (parsed.state !== "valid") throw new Refusal(`${name} would not be valid:\n${listFaults(parsed.faults)}`);
  }
}

/** Adds secrets that the file has none of; the names of those that were added. */
async function addSecrets(secrets: Readonly<Record<string, string>>): Promise<string[]> {
  const { text, values } = readDevVars();
  const missing = Object.entries(secrets).filter(([name]) => values[name] === undefined);
  if (missing.length === 0) return [];
  const file = inProject(DEV_VARS);
  const start = text === "" || text.endsWith("\n") ? "" : "\n";
  await appendFile(file, `${start}${missing.map(([name, value]) => `${name}="${value}"\n`).join("")}`, {
    mode: OWNER_ONLY,
  });
  await chmod(file, OWNER_ONLY);
  return missing.map(([name]) => name);
}

function print(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
