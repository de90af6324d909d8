/** Fewer characters can be tried one by one. */
const MIN_CHARACTERS = 8;
/** More letters than that are no word, and of several words nobody guesses all. */
const MAX_WORD_CHARACTERS = 24;
/** Words with what stands between them, and a year or a number behind. */
const WORDS = /^[\p{L}\s_.+-]+\d{0,4}[!?.]?$/u;

/** Why a key can be guessed; undefined when it cannot. Of `user:password` the password counts. Never repeats the value. */
export function explainWeakKey(value: string): string | undefined {
  const key = value.slice(value.indexOf(":") + 1);
  if (key.length < MIN_CHARACTERS) return `a key of fewer than ${MIN_CHARACTERS} characters can be guessed; ${HOW}`;
  return key.length <= MAX_WORD_CHARACTERS && WORDS.test(key)
    ? `a key that is a word can be guessed; ${HOW}`
    : undefined;
}

const HOW = "openssl rand -hex 16 makes a good one";
