const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g;

/**
 * JSON in which no member hides another: where a name stands again in an object, blanks and `_` are added to it, which
 * comparing names leaves out.
 * @param json an object or list that parses
 */
export function spellApart(json: string): string {
  const open: Map<string, number>[] = [];
  return json.replace(TOKEN, (token, text: string | undefined, colon: string | undefined) => {
    if (token === "{" || token === "[") open.push(new Map());
    else if (token === "}" || token === "]") open.pop();
    const taken = open.at(-1);
    if (text === undefined || colon === undefined || taken === undefined) return token;
    const name = String(JSON.parse(text));
    let number = taken.get(name) ?? 0;
    let unlike = name;
    for (; taken.has(unlike); number++) unlike = name + suffixOf(number);
    taken.set(name, number).set(unlike, taken.get(unlike) ?? 0);
    return JSON.stringify(unlike) + colon;
  });
}

function suffixOf(number: number): string {
  return number.toString(2).replaceAll("0", " ").replaceAll("1", "_");
}
