import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { needsBuild } from '../scripts/freshness.ts';
import { masked, RawPeer } from '../server/testing/raw-peer.ts';

const ROOT = new URL('../', import.meta.url);

/** A server that npm started, and npm. Both are in a process group of their own, as in a terminal. */
async function startByNpm(...script: string[]) {
  const npm = spawn('npm', [...script, '--', '--port', '0'], {
    cwd: fileURLToPath(ROOT),
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const group = -(npm.pid as number);
  onTestFinished(() => {
    try {
      process.kill(group, 'SIGKILL');
    } catch {
      // Nobody of them is left.
    }
  });
  for await (const line of createInterface(npm.stdout)) {
    if (line.startsWith('http://')) return { npm, group, port: Number(new URL(line).port) };
  }
  throw new Error('npm ended before the server listened');
}

/** Waits until nobody accepts connections at a port. */
async function untilClosed(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const isOpen = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (!isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function expectOrderlyEnd(peer: RawPeer, port: number): Promise<void> {
  const close = await peer.frame();
  expect({ opcode: close.opcode, code: close.payload.readUInt16BE() }).toEqual({ opcode: 8, code: 1001 });
  peer.send(masked({ opcode: 8, payload: close.payload.subarray(0, 2) }));
  await peer.end();
  await untilClosed(port);
}

// npm gets no signals on Windows.
const ON_WINDOWS = process.platform === 'win32';

async function expectSigtermToEnd(...script: string[]): Promise<void> {
  const { npm, port } = await startByNpm(...script);
  const peer = await RawPeer.open(port, '/echo');
  npm.kill('SIGTERM');
  await expectOrderlyEnd(peer, port);
}

test.skipIf(ON_WINDOWS)(
  'SIGTERM to the npm of `npm run server` ends the server: 1001 to all, and the port is free',
  async () => {
    await expectSigtermToEnd('run', 'server');
  },
);

// It would build the site first, for longer than a test may take; in `npm test` the site has been built.
test.skipIf(ON_WINDOWS || needsBuild(ROOT))('SIGTERM to the npm of `npm start` does so, too', async () => {
  await expectSigtermToEnd('start');
});

test.skipIf(ON_WINDOWS)(
  'Ctrl+C, which goes to npm, its shell and the server, and from npm on again, cuts nobody off',
  async () => {
    const { group, port } = await startByNpm('run', 'server');
    const peer = await RawPeer.open(port, '/echo');
    process.kill(group, 'SIGINT');
    await expectOrderlyEnd(peer, port);
  },
);
