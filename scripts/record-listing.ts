import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { browserName } from '../src/widgets/break-rules/browser-name.ts';
import { findBrowser } from '../tests/browser.ts';

// Records how the Chromium of the tests gets on with a server that has the 22 mistakes of the 2011 listing, in
// content/recordings/listing-2011-chromium.json. Needs python3. It takes about 70 seconds: one of the answers is how long
// the browser waits for a close frame.
//
//   node scripts/record-listing.ts

const FILE = new URL('../content/recordings/listing-2011-chromium.json', import.meta.url);
const PATIENCE_MS = 90_000;
const SHORT_MS = 1500;

interface Visit {
  readonly path: string;
  readonly subprotocols?: readonly string[];
  /** A text, or a binary message of so many bytes, sent when it is open. */
  readonly sends?: readonly (string | number)[];
  readonly closes?: boolean;
  readonly waitMs: number;
}

const VISITS: Readonly<Record<string, Visit>> = {
  echoesHello: { path: '/echo', sends: ['Hello'], waitMs: SHORT_MS },
  echoesWithQuery: { path: '/echo?x=1', sends: ['Hello'], waitMs: SHORT_MS },
  withSubprotocol: { path: '/echo', subprotocols: ['chat'], waitMs: SHORT_MS },
  withTwoSubprotocols: { path: '/echo', subprotocols: ['chat', 'superchat'], waitMs: SHORT_MS },
  echoes65535Bytes: { path: '/echo', sends: [65_535], waitMs: SHORT_MS },
  echoes65536Bytes: { path: '/echo', sends: [65_536], waitMs: SHORT_MS },
  closes: { path: '/echo', closes: true, waitMs: PATIENCE_MS },
};

const python = spawn('python3', ['tests/listing-2011/server.py', '--port', '0'], {
  cwd: new URL('..', import.meta.url),
  stdio: ['ignore', 'pipe', 'ignore'],
});
const [address] = (await once(createInterface(python.stdout), 'line')) as [string];
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args, env });
const page = await browser.newPage();
const userAgent = await page.evaluate(() => navigator.userAgent);

const outcomes: Record<string, readonly string[]> = {};
for (const [name, visit] of Object.entries(VISITS)) {
  const url = new URL(visit.path, address).href;
  outcomes[name] = await page.evaluate(
    ([target, { subprotocols = [], sends = [], closes = false, waitMs }]) =>
      new Promise<string[]>((resolve) => {
        const told: string[] = [];
        const socket = new WebSocket(target, [...subprotocols]);
        socket.binaryType = 'arraybuffer';
        const asked = performance.now();
        const done = (): void => {
          socket.onmessage = null;
          resolve(told);
          socket.close();
        };
        setTimeout(done, waitMs);
        socket.onopen = () => {
          told.push('open');
          for (const each of sends) socket.send(typeof each === 'string' ? each : new Uint8Array(each));
          if (closes) socket.close(1000);
        };
        socket.onerror = () => told.push('error');
        socket.onmessage = ({ data }) =>
          told.push(typeof data === 'string' ? `text ${data}` : `binary ${(data as ArrayBuffer).byteLength}`);
        socket.onclose = ({ code }) => {
          told.push(`close ${code} after ${Math.round((performance.now() - asked) / 1000)} s`);
          done();
        };
      }),
    [url, visit] as const,
  );
  console.log(name, outcomes[name]);
}
await browser.close();
python.kill();
await writeFile(FILE, `${JSON.stringify({ browser: browserName(userAgent), outcomes }, null, 2)}\n`);
