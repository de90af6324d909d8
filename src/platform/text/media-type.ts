/** RFC 9110, 8.3.1 and 5.6.6; the parameters as they were written, where nothing may stand between two semicolons, too. */
const MEDIA_TYPE =
  /^([\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,64})(?:[ \t]*;(?:[ \t]*[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~:/-]+|"(?:[\t !#-[\]-~]|\\[\t -~])*"))?)*$/;
/** No type that anybody means is longer. */
const MAX_CHARACTERS = 200;

/** A content type as it was written, and without its parameters, in lower case; undefined when it is none. */
export function readMediaType(header: string | null): { readonly type: string; readonly essence: string } | undefined {
  const text = header?.trim() ?? "";
  const [type, essence] = (text.length <= MAX_CHARACTERS ? MEDIA_TYPE.exec(text) : null) ?? [];
  return type === undefined || essence === undefined ? undefined : { type, essence: essence.toLowerCase() };
}
