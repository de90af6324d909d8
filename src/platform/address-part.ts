/**
 * The part of a client's address that may be kept: the first three octets of an IPv4 address, the first 48 bits of an
 * IPv6 one; `unknown` for what is neither.
 */
export function addressPart(address: string | undefined): string {
  const text = (address ?? "").trim();
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(text)?.[1];
  if (v4 !== undefined) return v4;
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || !text.includes(":")) return "unknown";
  const [before = "", after] = text.toLowerCase().split("::", 2);
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array<string>(zeros).fill("0"), ...tail];
  return groups
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
