import { expect } from "vitest";
import type { Shown } from "./browse.ts";

/** What a page says, without its marks, on one line. */
export function textOf({ html }: Shown): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? html;
  const text = main.replace(/<(?:option|pre|textarea)\b.*?<\/(?:option|pre|textarea)>/gs, " ").replace(/<[^>]*>/g, " ");
  return unescaped(text).replace(/\s+/g, " ").trim();
}

/** Where the links of a page lead whose text has this in it. */
export function linksOf({ html }: Shown, text = ""): string[] {
  const links = html.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs);
  return [...links].filter(([, , name = ""]) => name.includes(text)).map(([, href = ""]) => unescaped(href));
}

/** The value that a field of a page has: that of an input, or the text of a textarea. */
export function fieldOf({ html }: Shown, name: string): string | undefined {
  const input = html.match(/<input\b[^>]*>/g)?.find((one) => one.includes(` name="${name}"`));
  const area = new RegExp(`<textarea\\b[^>]*name="${name}"[^>]*>\\n?(.*?)</textarea>`, "s").exec(html)?.[1];
  const value = input === undefined ? area : /\bvalue="([^"]*)"/.exec(input)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

/** That nothing in a page is what the policy refuses, and that no text from outside became a mark. */
export function expectSafe({ html, headers }: Shown): void {
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\s(?:on\w+|style)=/i);
  expect(html).not.toContain("<img src=x");
}

/** Text as it stood before it was escaped. */
export function unescaped(html: string): string {
  const plain = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return html.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: keyof typeof plain) => plain[name]);
}
