import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient } from 'redis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../../testing/companion.ts';
import { masked, maskedText, RawPeer } from '../../testing/raw-peer.ts';
import { freePort, HAS_REDIS, NO_REDIS, TestRedis } from '../../testing/redis.ts';
import { selfSigned } from '../../testing/self-signed.ts';
import { openRedisRelay } from './redis-relay.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));

async function startOver(redis: TestRedis) {
  const relay = await openRedisRelay({ url: redis.url, name: redis.url });
  const companion = await startCompanion({ relay });
  onTestFinished(() => relay.close());
  return companion;
}

async function member(port: number, path = '/broadcast'): Promise<RawPeer> {
  const peer = await RawPeer.open(port, path);
  onTestFinished(() => void peer.socket.destroy());
  return peer;
}

/** Waits until both servers are known to Redis as subscribers of the broadcast. */
async function bothSubscribed(redis: TestRedis): Promise<void> {
  const client = await createClient({ url: redis.url }).connect();
  const channel = 'framelight:1:broadcast';
  while ((await client.pubSubNumSub([channel]))[channel] !== 2);
  client.destroy();
}

describe.skipIf(!HAS_REDIS)(`two companions over one Redis${NO_REDIS}`, () => {
  test('a message reaches every client of both once, its sender included', async () => {
    const redis = await TestRedis.start();
    const [one, two] = [await startOver(redis), await startOver(redis)];
    const peers = [await member(one.port), await member(one.port), await member(two.port), await member(two.port)];
    await bothSubscribed(redis);
    const [first, , third] = peers;
    first?.send(maskedText('Grüße'), masked({ opcode: 2, payload: Uint8Array.of(0, 255, 128) }));
    for (const peer of peers) {
      expect(await peer.frame()).toEqual({ fin: true, opcode: 1, payload: Buffer.from('Grüße') });
      expect(await peer.frame()).toEqual({ fin: true, opcode: 2, payload: Buffer.from([0, 255, 128]) });
    }
    // A message that had come twice would be here before this one.
    third?.send(maskedText('back'));
    for (const peer of peers) expect((await peer.frame()).payload.toString()).toBe('back');
  });

  test('without Redis each serves its own clients, and after its return both hear each other again', async () => {
    const redis = await TestRedis.start();
    const [one, two] = [await startOver(redis), await startOver(redis)];
    const [here, there] = [await member(one.port), await member(two.port)];
    await bothSubscribed(redis);
    await redis.stop();
    here.send(maskedText('only here'));
    expect((await here.frame()).payload.toString()).toBe('only here');
    await redis.startAgain();
    await bothSubscribed(redis);
    // Whether the publishing connection is back as well shows only in a message that arrives.
    let arrived = false;
    const heard = there.frame().then(({ payload }) => {
      arrived = true;
      return payload.toString();
    });
    // The longest pause between two attempts to connect is two seconds.
    for (const endsAtMs = performance.now() + 10_000; !arrived && performance.now() < endsAtMs; ) {
      here.send(maskedText('again'));
      await here.frame();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await heard).toBe('again');
  });
});

test('framelight serve --pubsub starts without its Redis, and its log has no password', async () => {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--pubsub', 'redis://me:s3cret@127.0.0.1:1']);
  onTestFinished(() => void child.kill('SIGKILL'));
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk;
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const peer = await member(Number(new URL(line.toString()).port));
  peer.send(maskedText('Hello'));
  expect((await peer.frame()).payload.toString()).toBe('Hello');
  peer.socket.destroy();
  child.kill();
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  expect(log).toContain('Redis at redis://127.0.0.1:1 is away (ECONNREFUSED)');
  expect(log).toContain('did not reach the other servers');
  expect(log).not.toContain('s3cret');
});

test.skipIf(!HAS_REDIS)(
  `rediss:// speaks TLS, and trusts no certificate that the system does not${NO_REDIS}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'framelight-rediss-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { key, cert } = selfSigned();
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    writeFileSync(keyFile, key);
    writeFileSync(certFile, cert);
    const port = await freePort();
    const tls = ['--tls-port', String(port), '--tls-cert-file', certFile, '--tls-key-file', keyFile];
    await TestRedis.start('--port', '0', ...tls, '--tls-ca-cert-file', certFile, '--tls-auth-clients', 'no');
    const firstLine = async (env: NodeJS.ProcessEnv) => {
      const url = `rediss://localhost:${port}`;
      const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--pubsub', url], {
        env: { ...process.env, ...env },
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const lines = createInterface(child.stderr);
      for await (const line of lines) if (line.startsWith('Redis at ')) return line;
      return 'no line';
    };
    expect(await firstLine({ NODE_EXTRA_CA_CERTS: certFile })).toBe(
      `Redis at rediss://localhost:${port} carries messages to the other servers.`,
    );
    expect(await firstLine({})).toContain('is away (DEPTH_ZERO_SELF_SIGNED_CERT)');
  },
);
