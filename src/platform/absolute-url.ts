/** Whether a text is an absolute http(s) URL, such as `https://relay.example.com`. */
export function isAbsoluteUrl(text: string | undefined): text is string {
  return text !== undefined && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
