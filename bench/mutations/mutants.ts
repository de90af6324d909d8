import { parseSync } from "vite";

/** One small change of a source text. */
export interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

const OPERATORS: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "&&": "||",
  "||": "&&",
  "??": "&&",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
};

/** Every mutant of a module: operators turned round, conditions negated, numbers moved, answers and statements left out. */
export function mutantsOf(path: string, source: string): Mutant[] {
  const mutants: Mutant[] = [];
  visit(parseSync(path, source).program, (node) => mutants.push(...mutate(node, source)));
  return mutants;
}

function mutate(node: Node, source: string): Mutant[] {
  const text = (part: Node) => source.slice(part.start, part.end);
  const replaced = (part: Node, replacement: string) => [{ start: part.start, end: part.end, replacement }];
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression": {
      const { left, right, operator } = node;
      if (!isNode(left) || !isNode(right) || typeof operator !== "string") return [];
      const turned = OPERATORS[operator];
      if (turned === undefined || isText(left) || isText(right)) return [];
      const start = source.indexOf(operator, left.end);
      return [{ start, end: start + operator.length, replacement: turned }];
    }
    case "IfStatement":
    case "ConditionalExpression":
      return isNode(node.test) ? replaced(node.test, `!(${text(node.test)})`) : [];
    case "Literal":
      if (typeof node.value === "boolean") return replaced(node, String(!node.value));
      return typeof node.value === "number"
        ? replaced(node, String(node.value < 10 ? node.value + 1 : node.value * 2))
        : [];
    case "ReturnStatement":
      return isNode(node.argument) && text(node.argument) !== "undefined"
        ? replaced(node.argument, "undefined as never")
        : [];
    case "ExpressionStatement":
      return "directive" in node && typeof node.directive === "string" ? [] : replaced(node, ";");
    case "SpreadElement":
      return isNode(node.argument) && text(node.argument).startsWith("(") ? replaced(node, "...{}") : [];
    default:
      return [];
  }
}

function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, see);
  if (!isNode(node) || node.type.startsWith("TS")) return;
  see(node);
  for (const child of Object.values(node)) visit(child, see);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function isText(node: Node): boolean {
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}
