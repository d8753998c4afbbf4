import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCompanion } from '../server/server.ts';
import { parseWireMessage } from '../src/companion/parse-wire-message.ts';
import { TAP_PATH, WATCH_PARAMETER } from '../src/companion/paths.ts';
import type { WireMessage } from '../src/inspector/index.ts';
import { callFor, SHOWN_ACTS } from '../src/widgets/break-rules/acts-shown.ts';
import { browserName } from '../src/widgets/break-rules/browser-name.ts';
import { type Outcome, outcomeOf, type Told } from '../src/widgets/break-rules/outcome.ts';
import { recordPageEvents } from '../src/widgets/break-rules/page-side.ts';
import { formatBreakRecording } from '../src/widgets/break-rules/recording.ts';
import { findBrowser } from '../tests/browser.ts';

// Records how a browser reacts to a server that breaks the rules, in content/recordings:
//
//   node scripts/record-break-rules.ts                           the Chromium that the tests use
//   node scripts/record-break-rules.ts --firefox /usr/bin/firefox
//   node scripts/record-break-rules.ts --wait                    any browser: open the printed address

const PATIENCE_MS = 1000;
const TAP_PATIENCE_MS = 3000;

const { values } = parseArgs({ options: { firefox: { type: 'string' }, wait: { type: 'boolean', default: false } } });
const companion = createCompanion({ port: 0 });
await companion.listen();
const sockets = `ws://127.0.0.1:${companion.listening.port}`;

/** The page requests an act, runs it, and reports its events, until no act is left. */
const PAGE = `<!doctype html><title>Recording</title><script type="module">
const recordPageEvents = ${recordPageEvents};
for (;;) {
  const { url, order } = await (await fetch('/next', { method: 'POST' })).json();
  if (url === undefined) break;
  const told = await recordPageEvents(url, order, ${PATIENCE_MS});
  await fetch('/told', { method: 'POST', body: JSON.stringify(told) });
}
</script>`;

const outcomes: Outcome[] = [];
const done = Promise.withResolvers<string>();
let tapped: Awaited<ReturnType<typeof openTap>> | undefined;

const pages = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html').end(request.url === '/' ? PAGE : '');
    return;
  }
  const act = SHOWN_ACTS[outcomes.length];
  if (request.url === '/told' && tapped !== undefined && act !== undefined) {
    const told = JSON.parse(await bodyOf(request)) as Told[];
    outcomes.push(outcomeOf(act.name, await tapped.messages(), told));
    console.log(
      `${act.name}: ${told.map((each) => (each.event === 'close' ? `close ${each.code}` : each.event)).join(', ')}`,
    );
    response.end();
    return;
  }
  if (act === undefined) {
    response.end('{}');
    done.resolve(browserName(request.headers['user-agent'] ?? ''));
    return;
  }
  const token = `recording-${crypto.randomUUID()}`;
  tapped = await openTap(token);
  const { target, order } = callFor(act);
  const url = new URL(`${sockets}${target}`);
  url.searchParams.set(WATCH_PARAMETER, token);
  response.end(JSON.stringify({ url: url.href, order }));
});
pages.listen(0, '127.0.0.1');
await new Promise((resolve) => pages.once('listening', resolve));
const address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`;

const profile = await mkdtemp(join(tmpdir(), 'recording-'));
const started = values.wait ? undefined : await startBrowser(profile);
if (started === undefined) console.log(`Open ${address} in the browser.`);
try {
  const browser = await done.promise;
  const name = browser.split(' ')[0]?.toLowerCase();
  const file = new URL(`../content/recordings/break-rules-${name}.json`, import.meta.url);
  await writeFile(file, formatBreakRecording({ browser, outcomes }));
  console.log(`${outcomes.length} outcomes of ${browser}: ${file.pathname}`);
} finally {
  await endBrowser();
  pages.closeAllConnections();
  pages.close();
  await companion.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function endBrowser(): Promise<void> {
  if (started === undefined || started.exitCode !== null) return;
  const ended = new Promise((resolve) => started.once('exit', resolve));
  started.kill();
  await ended;
}

async function startBrowser(folder: string): Promise<ChildProcess> {
  if (values.firefox !== undefined) {
    return spawn(values.firefox, ['--headless', '--no-remote', '--profile', folder, address], { stdio: 'ignore' });
  }
  const { executablePath, args, env } = await findBrowser();
  const own = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${folder}`, address];
  return spawn(executablePath, [...args, ...own], { env, stdio: 'ignore' });
}

async function openTap(token: string) {
  const messages: WireMessage[] = [];
  const ended = Promise.withResolvers<void>();
  const tap = new WebSocket(`${sockets}${TAP_PATH}?${WATCH_PARAMETER}=${token}`);
  tap.onmessage = ({ data }) => {
    const parsed = parseWireMessage(String(data));
    if ('problem' in parsed) throw new Error(`the tap: ${parsed.problem}`);
    messages.push(parsed.message);
    if (parsed.message.type === 'close') ended.resolve();
  };
  await new Promise((resolve) => tap.addEventListener('open', resolve));
  return {
    /** Everything that was on the wire, after TCP has ended. */
    async messages(): Promise<WireMessage[]> {
      await Promise.race([ended.promise, new Promise((resolve) => setTimeout(resolve, TAP_PATIENCE_MS))]);
      tap.close();
      return messages;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
