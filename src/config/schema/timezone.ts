const knownZones = new Set<string>();

/**
 * Whether a text names a zone of the IANA database. A zone that was found once is not looked up again: a permission
 * document may name the same one for each agent.
 */
export function isTimezone(text: string): boolean {
  if (knownZones.has(text)) return true;
  const known = isInDatabase(text);
  if (known) knownZones.add(text);
  return known;
}

function isInDatabase(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
