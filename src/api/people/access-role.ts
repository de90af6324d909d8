import { type Role, roles } from "../../config/schema/access.ts";
import type { Visitor } from "./prove-access.ts";

const GROUP = "group:";

/**
 * The role of somebody whom Cloudflare Access has signed in: what names them most closely counts. Their own e-mail
 * address goes before their groups, of which the strongest counts, and those before the domain; undefined where nothing
 * names them. Letters of addresses and domains count in any case, those of groups as they are written.
 */
export function accessRole(
  { email, groups }: Pick<Visitor, "email" | "groups">,
  access: Readonly<Record<string, Role>>,
): Role | undefined {
  const rules = Object.entries(access);
  const given = (whom: string) => strongest(rules.filter(([name]) => name.toLowerCase() === whom));
  const own = email === undefined ? undefined : given(email);
  const byGroup = strongest(
    rules.filter(([name]) => name.startsWith(GROUP) && groups.includes(name.slice(GROUP.length))),
  );
  const domain = email?.slice(email.lastIndexOf("@"));
  return own ?? byGroup ?? (domain === undefined ? undefined : given(domain));
}

function strongest(rules: readonly (readonly [whom: string, role: Role])[]): Role | undefined {
  return roles.findLast((role) => rules.some(([, given]) => given === role));
}
