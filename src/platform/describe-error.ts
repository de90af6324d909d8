const MAX_CHARACTERS = 120;
/** More than what is told can come from. */
const MAX_LINE_CHARACTERS = 2000;

/** What may stand in an error's message and must not stand in a log line, e.g. what `JSON.parse` quotes of a body. */
const SECRETIVE = [
  /".*("|$)/g,
  // One word in quotes is the name of a property: (reading 'length').
  /(?<!\w)'(?![A-Za-z_$]{1,32}')[^']*('|$)/g,
];
const TOKEN = /[A-Za-z0-9_+/=-]{20,}/g;
/** Such as SQLITE_CONSTRAINT_PRIMARYKEY: long, and no token. */
const CODE = /^[A-Z]+(?:_[A-Z]+)+$/;
const NUMBER = /\+?\d[\d -]{5,}\d/g;

/** An error for a log line: its name and the first line of its message, without quoted text, URLs, queries or tokens. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const [line = ""] = cut(error.message).split("\n");
  const unquoted = SECRETIVE.reduce((text, pattern) => text.replaceAll(pattern, "…"), line);
  const words = unquoted.split(" ").map(hideInWord).join(" ");
  const told = words
    .replaceAll(TOKEN, (token) => (CODE.test(token) ? token : "…"))
    .replaceAll(NUMBER, "…")
    .trim();
  return told === "" ? error.name : `${error.name}: ${told.slice(0, MAX_CHARACTERS)}`;
}

/** A word without the URL, address, assignment or query that it is, or ends in. */
function hideInWord(word: string): string {
  if (/:\/\/.|.@./.test(word)) return "…";
  const query = word.search(/\?./);
  if (query >= 0) return `${word.slice(0, query)}…`;
  return /[\w.-]=./.test(word) ? "…" : word;
}

/** What is cut off in the middle of a word may have been a part of a secret: the word goes as a whole. */
function cut(message: string): string {
  return message.length <= MAX_LINE_CHARACTERS
    ? message
    : message.slice(0, message.lastIndexOf(" ", MAX_LINE_CHARACTERS) + 1);
}
