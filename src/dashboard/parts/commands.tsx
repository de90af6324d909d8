import { CopiedBlock } from "./copied.tsx";

interface Props {
  /** Unique on its page. */
  readonly id: string;
  /** What is done, where a page has several of them: "Pause". */
  readonly what?: string | undefined;
  /** Of the relay: `https://relay.example.com`. */
  readonly origin: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With its query: `/api/events?state=dead`. */
  readonly path: string;
  readonly body?: object | undefined;
  /** What stands behind `npx hookswitch`, word by word; without it only curl is shown. */
  readonly command?: readonly string[] | undefined;
}

/** The same from a terminal: by curl and by the command line. The token stays out of both. */
export function Commands({ id, what, origin, method, path, body, command }: Props) {
  const sent = body === undefined ? [] : ["-d", quoted(JSON.stringify(body))];
  const verb = method === "GET" ? [] : ["-X", method];
  const curl = ["curl", ...verb, quoted(`${origin}${path}`), "-H", '"Authorization: Bearer $TOKEN"', ...sent].join(" ");
  return (
    <details class="commands">
      <summary>
        {what === undefined ? "As curl" : `${what} as curl`}
        {command === undefined ? "" : ", as command"}
      </summary>
      <CopiedBlock id={`${id}-curl`} text={curl} what="the curl line" />
      {command === undefined ? null : (
        <CopiedBlock
          id={`${id}-command`}
          text={["npx", "hookswitch", ...command.map(quoted), "--url", quoted(origin), "--token", '"$TOKEN"'].join(" ")}
          what="the command"
        />
      )}
    </details>
  );
}

/** A word as a shell takes it, whatever is in it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
