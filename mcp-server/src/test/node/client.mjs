// The client of the TypeScript SDK at the hand of a test: a line of JSON in, a line of JSON out.
// The argument says how the server is reached: {"stdio": [command…]}, {"http": url} or {"sse": url}.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.env.KUBEWICKET_TEST_NODE}/`);
const load = (path) => require(`@modelcontextprotocol/sdk/client/${path}.js`);
const { Client } = load("index");

function transport(way) {
  if (way.stdio) {
    const [command, ...args] = way.stdio;
    const { StdioClientTransport } = load("stdio");
    return new StdioClientTransport({ command, args, env: process.env, stderr: "ignore" });
  }
  if (way.http) {
    const { StreamableHTTPClientTransport } = load("streamableHttp");
    return new StreamableHTTPClientTransport(new URL(way.http));
  }
  const { SSEClientTransport } = load("sse");
  return new SSEClientTransport(new URL(way.sse));
}

const client = new Client({ name: "typescript-sdk", version: "1" });

async function call({ params, cancel }) {
  const progress = [];
  const aborting = new AbortController();
  const onprogress = (told) => {
    progress.push(told);
    if (cancel) aborting.abort("the person has thought better of it");
  };
  const options = { onprogress, signal: aborting.signal, timeout: 120_000 };
  const result = await client.callTool(params, undefined, options);
  return { result, progress };
}

// What the SDK's client does by name; the result as it hands it to a program.
const does = {
  server: async () => ({ version: client.getServerVersion(), can: client.getServerCapabilities() }),
  tools: () => client.listTools(),
  call,
  resources: () => client.listResources(),
  templates: () => client.listResourceTemplates(),
  read: (params) => client.readResource(params),
  prompts: () => client.listPrompts(),
  prompt: (params) => client.getPrompt(params),
  complete: (params) => client.complete(params),
};

await client.connect(transport(JSON.parse(process.argv[2])));
for await (const line of createInterface({ input: process.stdin })) {
  const { action, params } = JSON.parse(line);
  const answer = await does[action](params).catch((error) => ({ thrown: String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await client.close();
