/** A request, as its path is below `/api/`: ids in it are passed over. */
export interface SentTo {
  readonly method: string;
  readonly path: string;
}

/** A part of a request, at the beginning of what is said of it. */
const PART = /^(query|params|body)(?:\.([\w.]+))?$/;

/** What members are called on the command line where no option has their name, by the requests that have them. */
const names: readonly (readonly [request: RegExp, members: Readonly<Record<string, string>>])[] = [
  [
    /^POST permissions\/[^/]+\/explain$/,
    {
      "question.userId": "--user",
      "question.username": "--username",
      "question.groupId": "--group",
      "question.projects": "--projects",
      question: "the question",
    },
  ],
  [
    /^POST permissions\/[^/]+\/grants$/,
    { users: "--user", usernames: "--username", groups: "--group", allow: "--project", deny: "--project" },
  ],
  [/^POST permissions\/[^/]+\/dry-run$/, { map: "the map" }],
  [/^POST events\/[^/]+\/replay$/, { destination: "--to" }],
  [/^POST replays$/, { destination: "--to", "filter.destination": "--destination", filter: "the filter" }],
  [/^POST tokens$/, { name: "the name" }],
];

/** What stands in a path is said without an option. */
const params: Readonly<Record<string, string>> = { source: "--source", version: "the version" };

/** The relay's own words for what the command line has others for. */
const WORDS: readonly (readonly [theirs: string, ours: string])[] = [
  ["?confirm=1", "--confirm"],
  ["; PUT one.", "; push one."],
  ["The document is not the one that If-Match names; read it again", "Another change came first; read it again"],
];

/** A sentence of the relay's with its words for the parts of a request replaced by the options that they are here. */
export function sayByOptions(sentence: string, sent: SentTo): string {
  const parts = sentence.split("; ").map((part) => {
    const [place = "", ...rest] = part.split(": ");
    const said = optionOf(place, sent);
    return said === undefined ? part : [...(said === "" ? [] : [said]), ...rest].join(": ");
  });
  return WORDS.reduce((text, [theirs, ours]) => text.replace(theirs, ours), parts.join("; "));
}

/** Whether a sentence of the relay's is about a part of a request that an option stands for. */
export function isAboutOption(sentence: string, sent: SentTo): boolean {
  return sentence.split("; ").some((part) => optionOf(part.split(": ")[0] ?? "", sent) !== undefined);
}

/** What a part of a request is called here: `--since` for `body.filter.since`; empty for a whole one; undefined for none. */
export function optionOf(place: string, { method, path }: SentTo): string | undefined {
  const [, kind, member = ""] = PART.exec(place) ?? [];
  if (kind === undefined || member === "") return kind === undefined ? undefined : "";
  if (kind === "params") return params[member] ?? "the id";
  const [bare = ""] = path.split("?");
  const own = names.find(([request]) => request.test(`${method} ${bare}`))?.[1] ?? {};
  const [known] = Object.keys(own).filter(
    (name) => `${member}.`.startsWith(`${name}.`) && (name !== "filter" || member === name),
  );
  if (known !== undefined) return own[known];
  const [word = ""] = member.replace(/^filter\./, "").split(".");
  return `--${word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
