import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

export type PhoneStyle = "national" | "international";

/** No number is longer, however it is written; characters. */
const MAX_NUMBER_CHARACTERS = 250;

/**
 * E.164 when the number is valid so, else as sent (internal extensions, short codes, "anonymous").
 * National numbers need a region; international ones come as bare digits, with `+` or with `00`.
 */
export function readPhone(text: string | undefined, style: PhoneStyle, region?: string): string | undefined {
  if (text === undefined || text.length > MAX_NUMBER_CHARACTERS) return text;
  const country = region !== undefined && isSupportedCountry(region) ? region : undefined;
  const international = `+${text.replace(/^(\+|00)/, "")}`;
  const readings =
    style === "international" || /^(\+|00)/.test(text)
      ? [() => valid(international), () => valid(text, country)]
      : [() => valid(text, country), () => valid(international)];
  for (const reading of readings) {
    const number = reading();
    if (number !== undefined) return number;
  }
  return text;
}

function valid(text: string, country?: CountryCode): string | undefined {
  if (!text.startsWith("+") && country === undefined) return undefined;
  const number = parsePhoneNumberFromString(text, country);
  return number?.isValid() ? number.number : undefined;
}
