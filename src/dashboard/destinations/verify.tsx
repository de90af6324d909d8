import { CopiedBlock } from "../parts/copied.tsx";

const NODE = `import { createServer } from "node:http";
import { Webhook } from "standardwebhooks"; // npm i standardwebhooks

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_…

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const event = webhook.verify(Buffer.concat(chunks), request.headers);
    response.writeHead(204).end(); // answer first, work afterwards
    console.log(request.headers["webhook-id"], event.type);
  } catch {
    response.writeHead(401).end();
  }
}).listen(3000);`;

/** How a receiver knows that a delivery is the relay's. */
export function Verify() {
  return (
    <details>
      <summary>How its receiver verifies a delivery (Node)</summary>
      <CopiedBlock id="verify" text={NODE} what="the program" />
      <p class="note">
        Signed by Standard Webhooks: over <code>webhook-id</code>, <code>webhook-timestamp</code> and the body as it
        came. While two secrets sign, one of the signatures is enough.
      </p>
    </details>
  );
}
