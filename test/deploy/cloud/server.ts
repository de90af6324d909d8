import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import * as z from "zod";
import { Cloud, CloudRefusal } from "./account.ts";
import { routes } from "./routes.ts";

/** A call that is to be refused, once. */
interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly body: RegExp;
  readonly refusal: CloudRefusal;
}

const ACCOUNT = { id: "acc", name: "Acme" };

/** The part of Cloudflare's API that deploys a Worker, on loopback and with an account of its own. */
export class CloudServer {
  readonly cloud = new Cloud();
  /** What was called, but for what only reads: `POST queues`. */
  readonly changes: string[] = [];
  /** The main modules that were uploaded, the newest last. */
  readonly scripts: string[] = [];
  #faults: Fault[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async open(): Promise<NodeJS.ProcessEnv> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    const port = typeof address === "object" ? address?.port : 0;
    return { CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}`, CLOUDFLARE_API_TOKEN: "token" };
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Refuses the next call of that kind. */
  refuse(method: string, path: RegExp, status: number, code: number, message: string, body = /(?:)/): void {
    this.#faults.push({ method, path, body, refusal: new CloudRefusal(status, code, message) });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const { pathname, searchParams: query } = new URL(url, "http://localhost");
    const bytes = await buffer(request);
    const path = pathname.replace(/^\/accounts\/[^/]+\//, "");
    try {
      this.#failIfToldTo(method, path, bytes.toString());
      if (method !== "GET" && !isReading(path, bytes)) this.changes.push(`${method} ${path}`);
      if (path.includes("/values/") && method === "GET") return this.#sendValue(path, response);
      const { metadata, script } = await readUpload(request.headers["content-type"] ?? "", bytes);
      if (script !== undefined) this.scripts.push(script);
      send(response, 200, {
        success: true,
        errors: [],
        messages: [],
        result: this.#route(method, path, { query, text: bytes.toString(), metadata }),
      });
    } catch (error) {
      if (!(error instanceof CloudRefusal)) throw error;
      send(response, error.status, {
        success: false,
        errors: [{ code: error.code, message: error.message }],
        messages: [],
        result: null,
      });
    }
  }

  #route(method: string, path: string, call: { query: URLSearchParams; text: string; metadata: unknown }): unknown {
    if (path === "/accounts") return [ACCOUNT];
    if (path === "/memberships") return [{ id: "m", account: ACCOUNT }];
    for (const [wanted, pattern, answer] of routes) {
      const found = wanted === method ? pattern.exec(path) : null;
      if (found !== null) return answer(this.cloud, { ...call, parts: found.slice(1) }) ?? {};
    }
    throw new CloudRefusal(404, 7003, `No route for that URI: ${method} ${path}`);
  }

  #failIfToldTo(method: string, path: string, text: string): void {
    const at = this.#faults.findIndex(
      (fault) => fault.method === method && fault.path.test(path) && fault.body.test(text),
    );
    const [fault] = at < 0 ? [] : this.#faults.splice(at, 1);
    if (fault !== undefined) throw fault.refusal;
  }

  #sendValue(path: string, response: ServerResponse): void {
    const [, id = "", key = ""] = /namespaces\/([^/]+)\/values\/(.+)$/.exec(path) ?? [];
    const value = this.cloud.namespace(id).values.get(decodeURIComponent(key));
    if (value === undefined) throw new CloudRefusal(404, 10009, "get: 'key not found'");
    response.end(value);
  }
}

function isReading(path: string, bytes: Buffer): boolean {
  return path.endsWith("/query") && !/create|alter|insert/i.test(bytes.toString());
}

async function readUpload(type: string, bytes: Buffer): Promise<{ metadata?: unknown; script?: string | undefined }> {
  if (!type.startsWith("multipart/form-data")) return {};
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const partOf = async (name: string) => {
    const part = form.get(name);
    return typeof part === "string" ? part : part?.text();
  };
  const metadata: unknown = JSON.parse((await partOf("metadata")) ?? "{}");
  const { main_module: main } = z.object({ main_module: z.string().optional() }).parse(metadata);
  return { metadata, script: main === undefined ? undefined : await partOf(main) };
}

function send(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}
