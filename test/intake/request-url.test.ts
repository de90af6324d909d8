import { expect, test } from "vitest";
import { readRequestUrl } from "../../src/intake/request-url.ts";

const asTheParser = (text: string) => {
  const { origin, pathname, search } = new URL(text);
  return { origin, pathname, query: search.slice(1) };
};

test.each([
  "https://relay.example.com/in/source?key=a%2Bb+c&x=1",
  "https://relay.example.com/in/source??key=a",
  "https://relay.example.com/in//source/?",
  "http://127.0.0.1:8787/in/source",
  "http://127.1:8787/in/source",
  "http://0x7f.1/in/source",
  "http://2130706433/in/source",
  "https://RELAY.example.com/in/source",
  "https://relay.example.com:080/in/source",
  "https://relay.example.com:0443/in/source",
  "https://relay.example.com:443/in/source",
  "https://relay.example.com:44300/in/source",
  "https://a:b@relay.example.com/in/source",
  "http://[::1]:8787/in/source",
  "https://relay.example.com/in/./a/../source",
  "https://relay.example.com/in/%2e%2E/source%2Fkind",
  "https://relay.example.com/in\\source",
  "https://relay.example.com/in/s'|\tource?a='|\n",
  "https://relay.example.com/in/forrás?kulcs=ő#x",
])("the URL %s is read as the parser reads it", (text) => {
  expect(readRequestUrl(text)).toEqual(asTheParser(text));
});

test.each(["https://relay.example.com:65536/in/x", "http://1.2.3.4.5/in/x"])("%s is no URL here either", (text) => {
  expect(() => readRequestUrl(text)).toThrow(TypeError);
});
