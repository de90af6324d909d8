const MOST_CHARACTERS = 120;

/** What may stand in an error's message and must not stand in a log line, e.g. what `JSON.parse` quotes of a body. */
const SECRETIVE = [
  /".*("|$)/g,
  // One word in quotes is the name of a property: (reading 'length').
  /(?<!\w)'(?![A-Za-z_$]{1,32}')[^']*('|$)/g,
  /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi,
  /\?\S+/g,
  /[\w.-]+=\S+/g,
  /\S+@\S+/g,
  // Codes such as SQLITE_CONSTRAINT_PRIMARYKEY are long, and no token.
  /\b(?![A-Z]+(?:_[A-Z]+)+\b)[A-Za-z0-9_+/=-]{20,}/g,
  /\+?\d[\d -]{5,}\d/g,
];

/** An error for a log line: its name and the first line of its message, without quoted text, URLs, queries or tokens. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const [line = ""] = error.message.split("\n");
  const told = SECRETIVE.reduce((text, pattern) => text.replaceAll(pattern, "…"), line).trim();
  return told === "" ? error.name : `${error.name}: ${told.slice(0, MOST_CHARACTERS)}`;
}
