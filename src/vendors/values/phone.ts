import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { memory } from "../../platform/remembered.ts";

export type PhoneStyle = "national" | "international";

/** No number is longer, however it is written; characters. */
const MAX_NUMBER_CHARACTERS = 250;
/** Of any script: the library reads some of them. */
const DIGIT = /\p{Nd}/u;

/**
 * The lines of a call centre come again in most webhooks, and a customer's number in all of a call, while reading one
 * takes as long as all else of a webhook. Numbers are of persons: a few are kept, in memory alone, until others come.
 */
const latest = memory<string>({ maxTexts: 200, maxCharacters: 48 });

/**
 * E.164 when the number is valid so, else as sent (internal extensions, short codes, "anonymous").
 * National numbers need a region; international ones come as bare digits, with `+` or with `00`.
 */
export function readPhone(text: string | undefined, style: PhoneStyle, region?: string): string | undefined {
  if (text === undefined || text.length > MAX_NUMBER_CHARACTERS) return text;
  const country = region !== undefined && isSupportedCountry(region) ? region : undefined;
  return latest(`${style} ${country ?? "none"} ${text}`, () => readNumber(text, style, country));
}

/** The same, of a number that is none of the latest. */
function readNumber(text: string, style: PhoneStyle, country?: CountryCode): string {
  if (!DIGIT.test(text)) return text;
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
  // No calling code begins so. That there is no such number takes the library as long as to read one.
  if (text.startsWith("+0")) return undefined;
  const number = parsePhoneNumberFromString(text, country);
  return number?.isValid() ? number.number : undefined;
}
