import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { refuseUnknown } from '../server/commands/parse.ts';
import { runProgram } from '../server/commands/run-program.ts';
import { encodeFrame, encodeText } from '../src/protocol/index.ts';
import {
  dial,
  hashOf,
  isOpened,
  type Opened,
  openThrough,
  passBytes,
  type RawEnd,
  RawServer,
  requestHead,
} from './proxies/probes.ts';
import { PROXY_PROGRAMS, type ProxyProgram } from './proxies/programs.ts';
import { installPackages, type RunningProxy, startProxy, versionOf } from './proxies/run-proxy.ts';

const HELP = `npm run record-proxies [-- NAME …]

Runs each proxy between a client and a server that write bytes by hand, and records what it does to heads, bytes and ends
into content/recordings/proxies. The programs of Debian must be installed; packages of npm are installed in a temporary folder.
Give names to record only those: ${PROXY_PROGRAMS.map(({ id }) => id).join(', ')}.`;

const DIRECTORY = new URL('../content/recordings/proxies/', import.meta.url);
/** The timeout that every configuration sets, and how long the recorder waits for an end. */
const IDLE_MS = 2000;
const MAX_IDLE_MS = 8000;
/** A frame this often keeps a connection from being idle. */
const BUSY_EVERY_MS = 700;
const BUSY_MS = 5000;
const AFTER_END_MS = 3000;
const DEFLATE = 'permessage-deflate; client_no_context_takeover; server_no_context_takeover';

const KEY = 0x37fa213d;
const HELLO = encodeText('Hello');
const frame = (opcode: number, payload: Uint8Array, { fin = true, masked = true, rsv1 = false } = {}): Uint8Array =>
  encodeFrame({ fin, rsv1, opcode, payload, ...(masked ? { maskingKey: KEY } : {}) } as Parameters<
    typeof encodeFrame
  >[0]);
/** "Hello", compressed: RFC 7692 §7.2.3.1. */
const COMPRESSED = Uint8Array.of(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);

const large = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

/** What the client writes, piece by piece; the server's are the same, unmasked. */
const BYTE_PROBES: readonly (readonly [name: string, pieces: (masked: boolean) => Uint8Array[]])[] = [
  [
    'a frame in three pieces',
    (masked) => {
      const bytes = frame(
        1,
        large(300).map((byte) => 97 + (byte % 26)),
        { masked },
      );
      return [bytes.subarray(0, 1), bytes.subarray(1, 100), bytes.subarray(100)];
    },
  ],
  ['three frames in one piece', (masked) => [Buffer.concat([1, 2, 3].map(() => frame(1, HELLO, { masked })))]],
  [
    'two fragments with a ping between',
    (masked) => [
      frame(1, encodeText('Hel'), { fin: false, masked }),
      frame(9, encodeText('p'), { masked }),
      frame(0, encodeText('lo'), { masked }),
    ],
  ],
  ['a frame of 1 MiB', (masked) => [frame(2, large(1024 * 1024), { masked })]],
];

type Ends = { readonly client: string; readonly server: string };

const seen = ({ end }: RawEnd): string => (end === undefined ? 'open' : `${end.how} after ${end.afterMs} ms`);

async function opened(port: number, target: RawServer, extensions?: string): Promise<Opened> {
  const outcome = await openThrough(port, target, extensions === undefined ? {} : { extensions });
  if (!isOpened(outcome)) throw new Error(`no 101: ${outcome.receivedResponse}`);
  return outcome;
}

let isEndedGently = false;

const drop = ({ client, server }: { readonly client: RawEnd; readonly server: RawEnd | undefined }) => {
  for (const end of [client, server]) isEndedGently ? end?.finish() : end?.reset();
};

/** Both ends, and what each read after the clock was started. */
async function endsAfter(connection: Opened, act: (connection: Opened) => void, timeoutMs: number) {
  const { client, server } = connection;
  client.takeChunks();
  server.takeChunks();
  client.startClock();
  server.startClock();
  act(connection);
  const late = AbortSignal.timeout(timeoutMs);
  const gone = new Promise((resolve) => late.addEventListener('abort', resolve));
  await Promise.race([Promise.all([client.ended, server.ended]), gone]);
  const ends = {
    client: seen(client),
    server: seen(server),
    clientRead: client.bytes.toString('hex'),
    serverRead: server.bytes.toString('hex'),
  };
  drop(connection);
  return ends;
}

async function recordBytes(port: number, target: RawServer) {
  const rows = [];
  for (const [name, pieces] of BYTE_PROBES) {
    for (const direction of ['in', 'out'] as const) {
      const { client, server, ...rest } = await opened(port, target);
      void rest;
      const masked = direction === 'in';
      const [from, to] = masked ? [client, server] : [server, client];
      const { bytes, ...sizes } = await passBytes(from, to, pieces(masked));
      const isLong = sizes.received.length > 8;
      rows.push({
        probe: name,
        direction,
        sent: sizes.sent,
        received: isLong ? `${sizes.received.length} chunks, ${bytes.length} bytes` : sizes.received,
        isEqual: sizes.isEqual,
        ...(sizes.isEqual
          ? {}
          : { receivedHex: bytes.length > 600 ? `sha256 ${hashOf(bytes)}` : bytes.toString('hex') }),
      });
      drop({ client, server });
    }
  }
  const compressed = await openThrough(port, target, { extensions: DEFLATE });
  if (isOpened(compressed)) {
    const { client, server } = compressed;
    const agreed = /^sec-websocket-extensions:.*$/im.exec(compressed.receivedResponse)?.[0];
    const asked = /^sec-websocket-extensions:.*$/im.exec(compressed.receivedRequest)?.[0];
    for (const [probe, piece] of [
      ['a compressed message', frame(1, COMPRESSED, { rsv1: true })],
      ['a message that is not compressed, after an agreement on compression', frame(1, HELLO)],
    ] as const) {
      const { bytes, ...sizes } = await passBytes(client, server, [piece]);
      rows.push({
        probe,
        direction: 'in',
        asked,
        agreed,
        ...sizes,
        ...(sizes.isEqual ? {} : { receivedHex: bytes.toString('hex') }),
      });
    }
    drop(compressed);
  } else {
    rows.push({ probe: 'a compressed message', direction: 'in', failed: compressed.receivedResponse ?? 'no response' });
    drop(compressed);
  }
  const early = await openThrough(port, target, { afterHead: frame(1, HELLO, { masked: false }) });
  if (isOpened(early)) {
    const expected = frame(1, HELLO, { masked: false }).length;
    await early.client.until(() => early.client.bytes.length >= expected, 1500);
    rows.push({
      probe: "the server's first frame, written together with its 101",
      direction: 'out',
      sent: [expected],
      received: early.client.chunks.map(({ length }) => length),
      isEqual: early.client.bytes.equals(frame(1, HELLO, { masked: false })),
    });
  }
  drop(early);
  return rows;
}

/** One side sends a frame every now and then, and the other says nothing: is the connection idle? */
async function recordOneSided(port: number, target: RawServer, talks: 'client' | 'server') {
  const connection = await opened(port, target);
  const from = connection[talks];
  const startedMs = performance.now();
  connection.client.startClock();
  connection.server.startClock();
  while (
    performance.now() - startedMs < BUSY_MS &&
    connection.client.end === undefined &&
    connection.server.end === undefined
  ) {
    from.write(frame(1, HELLO, { masked: talks === 'client' }));
    await wait(BUSY_EVERY_MS);
  }
  const ends: Ends = { client: seen(connection.client), server: seen(connection.server) };
  drop(connection);
  return { everyMs: BUSY_EVERY_MS, forMs: BUSY_MS, ...ends };
}

/** Targets that are valid, and that some programs write in another way. */
const TARGETS = ['/chat/a%2Fb', '/chat//b', '/chat/%7Eb', '/chat?'];

async function recordTargets(port: number, target: RawServer) {
  const rows = [];
  for (const path of TARGETS) {
    const outcome = await openThrough(port, target, { path });
    const received = outcome.receivedRequest?.split(' ')[1] ?? null;
    rows.push({
      sent: path,
      received,
      ...(received === null ? { answer: outcome.receivedResponse?.split('\r\n')[0] ?? null } : {}),
    });
    drop(outcome);
  }
  return rows;
}

async function recordRefusal(port: number, target: RawServer) {
  target.forget();
  const client = await dial(port);
  client.write(requestHead(port, undefined));
  const server = await target.next();
  await server?.head();
  const sent =
    'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nX-Reason: not you\r\nContent-Length: 7\r\n\r\nNot you';
  server?.write(sent);
  await client.until(() => client.bytes.includes('Not you'), 2000);
  const received = client.bytes.toString('latin1');
  drop({ client, server });
  return { sent, received };
}

async function recordSilence(port: number, target: RawServer, act: (server: RawEnd) => void) {
  target.forget();
  const client = await dial(port);
  client.write(requestHead(port, undefined));
  const server = await target.next();
  await server?.head();
  if (server !== undefined) act(server);
  client.startClock();
  await client.until(() => client.end !== undefined || client.bytes.includes('\r\n\r\n'), 5000);
  const received = client.bytes.toString('latin1').split('\r\n\r\n')[0] ?? '';
  const end = seen(client);
  drop({ client, server });
  return received === '' ? end : (received.split('\r\n')[0] ?? '');
}

async function recordWithout(program: ProxyProgram, nodeFolder: string) {
  if (program.without === undefined) return undefined;
  const target = await RawServer.start();
  let proxy: RunningProxy | undefined;
  try {
    proxy = await startProxy(program, program.without, target.port, nodeFolder);
    const outcome = await openThrough(proxy.port, target);
    const result = {
      configuration: program.without,
      receivedRequest: outcome.receivedRequest ?? null,
    };
    drop(outcome);
    return result;
  } finally {
    target.close();
    await proxy?.stop();
  }
}

async function record(program: ProxyProgram, nodeFolder: string): Promise<void> {
  isEndedGently = program.isEndedGently === true;
  const target = await RawServer.start();
  const start = () => startProxy(program, program.configuration, target.port, nodeFolder);
  let proxy = await start();
  const { port } = proxy;
  const outcome = await openThrough(port, target);
  const heads = {
    sentRequest: requestHead(port, undefined),
    receivedRequest: outcome.receivedRequest ?? null,
    sentResponse: isOpened(outcome) ? outcome.sentResponse : null,
    receivedResponse: outcome.receivedResponse ?? null,
  };
  drop(outcome);
  const base = {
    name: program.name,
    version: versionOf(program),
    registry: program.registry,
    package: program.package,
    configurationFile: program.configurationFile,
    configuration: program.configuration,
    idleSetting: program.idleSetting ?? null,
    targetPort: target.port,
    port,
    opens: isOpened(outcome),
    heads,
    without: (await recordWithout(program, nodeFolder)) ?? null,
  };
  let more = {};
  if (isOpened(outcome)) {
    const targets = await recordTargets(port, target);
    const bytes = await recordBytes(port, target);
    const idle = await endsAfter(await opened(port, target), () => {}, MAX_IDLE_MS);
    const clientTalks = await recordOneSided(port, target, 'client');
    const serverTalks = await recordOneSided(port, target, 'server');
    const clientEnds = await endsAfter(await opened(port, target), ({ client }) => client.finish(), AFTER_END_MS);
    const serverEnds = await endsAfter(await opened(port, target), ({ server }) => server.finish(), AFTER_END_MS);
    const clientResets = isEndedGently
      ? null
      : await endsAfter(await opened(port, target), ({ client }) => client.reset(), AFTER_END_MS);
    const serverResets = isEndedGently
      ? null
      : await endsAfter(await opened(port, target), ({ server }) => server.reset(), AFTER_END_MS);
    const refusal = await recordRefusal(port, target);
    const serverHangsUp = await recordSilence(port, target, (server) => server.finish());
    const serverGone = isEndedGently ? null : await recordSilence(port, target, (server) => server.reset());
    const canReload = program.reload !== undefined;
    const reload = canReload ? await endsAfter(await opened(port, target), () => proxy.reload(), 1500) : null;
    if (canReload) {
      await proxy.stop();
      proxy = await start();
    }
    const running = proxy;
    const stop = await endsAfter(await opened(proxy.port, target), () => void running.stop(), 6000);
    more = {
      targets,
      bytes,
      idle: { timeoutMs: IDLE_MS, ...idle },
      clientTalks,
      serverTalks,
      clientEnds,
      serverEnds,
      clientResets,
      serverResets,
      refusal,
      serverHangsUp,
      serverGone,
      reload,
      stop,
    };
  }
  target.close();
  await proxy.stop();
  await writeFile(new URL(`${program.id}.json`, DIRECTORY), `${JSON.stringify({ ...base, ...more }, undefined, 2)}\n`);
  console.log(`${program.id} ${base.version}: ${base.opens ? 'recorded' : 'no 101'}`);
}

async function recordProxies(names: readonly string[]): Promise<number> {
  refuseUnknown(
    'proxy',
    names,
    PROXY_PROGRAMS.map(({ id }) => id),
  );
  const wanted = PROXY_PROGRAMS.filter(({ id }) => names.length === 0 || names.includes(id));
  await mkdir(DIRECTORY, { recursive: true });
  const nodeFolder = await mkdtemp(join(tmpdir(), 'framelight-proxies-'));
  let problems = 0;
  try {
    const packages = wanted
      .filter(({ registry }) => registry === 'npm')
      .flatMap(({ package: name, beside = [] }) => [name, ...beside]);
    if (packages.length > 0) installPackages(nodeFolder, packages);
    for (const program of wanted) {
      try {
        await record(program, nodeFolder);
      } catch (error) {
        problems++;
        console.error(`${program.id}: ${error instanceof Error ? error.message : error}`);
      }
    }
  } finally {
    await rm(nodeFolder, { recursive: true });
  }
  return problems === 0 ? 0 : 1;
}

await runProgram({ help: HELP, options: {}, run: ({ positionals }) => recordProxies(positionals) });
