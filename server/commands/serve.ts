import { isLoopbackName } from '../../src/companion/policy/host.ts';
import { isSerializedOrigin } from '../../src/companion/policy/origin.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { DEFAULT_SERVER_LIMITS } from '../bounds/limits.ts';
import { DEFAULT_DEFLATE_OPTIONS } from '../deflate/deflate-paths.ts';
import { createLog } from '../log.ts';
import { type RedisAddress, readRedisAddress } from '../pubsub/redis/redis-address.ts';
import { type CompanionOptions, createCompanion } from '../server.ts';
import { bracket } from '../socket/remote.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { openBrowser } from './open-browser.ts';
import { parseArguments, refusePositionals, wholeNumber } from './parse.ts';
import { closeOnSignals } from './shutdown.ts';

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'max-message': { type: 'string' },
  'max-memory': { type: 'string' },
  'idle-timeout': { type: 'string' },
  'allow-origin': { type: 'string', multiple: true },
  deflate: { type: 'boolean' },
  'deflate-threshold': { type: 'string' },
  pubsub: { type: 'string' },
  'no-tap': { type: 'boolean' },
  'lab-drafts': { type: 'boolean' },
  h2: { type: 'boolean' },
  open: { type: 'boolean' },
} as const;

const { maxMessageBytes, maxMemoryBytes, idleTimeoutMs } = DEFAULT_SERVER_LIMITS;
const DEFAULT_PORT = 8080;
/** A message may take this many times its length: the buffer doubles as it grows, and the copy waits to be sent. */
const MEMORY_PER_MESSAGE = 4;
const MIN_MAX_MEMORY_BYTES = 1024 * 1024;
/** Means 127.0.0.1 and [::1], because browsers use either for this name. */
const DEFAULT_HOST = 'localhost';
/** The longest delay of Node's timers. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Serves the site and the WebSocket paths until a signal ends it. */
export const serve: Command = {
  name: 'serve',
  usage: '[options]',
  help: [
    'serves the site and the WebSocket paths on one port; this is the default command',
    `  --port N              the port; 0 picks a free one (default: ${DEFAULT_PORT})`,
    '  --host H              the name or address to listen on (default: 127.0.0.1 and [::1])',
    `  --max-message BYTES   the longest message to accept (default: ${maxMessageBytes})`,
    '  --max-memory BYTES    the memory that all clients together may use; above it, the one that uses most is',
    `                        cut off (default: ${maxMemoryBytes}, a quarter of Node's heap limit)`,
    `  --idle-timeout MS     how long a client may be silent; 0 for no limit (default: ${idleTimeoutMs})`,
    '  --allow-origin ORIGIN let pages of this origin connect too; give it again for more origins',
    '  --deflate             compress messages (permessage-deflate) for clients that offer it; without this option,',
    '                        only on paths that are opened with ?deflate, such as /echo?deflate',
    '  --deflate-threshold BYTES',
    '                        send shorter messages as they are (default: 0)',
    '  --pubsub URL          share broadcasts with other servers through Redis: redis://HOST:PORT, or rediss:// for TLS.',
    '                        While Redis is away, each server serves its own clients only',
    '  --no-tap              record nothing, and switch off the tap, the lab and the tests of other servers',
    '  --h2                  serve https and wss, with a certificate made now, over HTTP/2 for clients that speak it',
    '  --lab-drafts          also echo for clients of hixie-75, hixie-76 and HyBi-10, at /lab/drafts; on loopback only',
    '  --open                open the browser',
  ],
  async run(args, output) {
    const options = serveOptions(args, output);
    const relay = options.pubsub && (await openRelay(options.pubsub, options));
    const companion = createCompanion({ ...options, relay });
    const url = await listen(companion.listen, options, output);
    if (url === undefined) {
      await relay?.close();
      return 1;
    }
    output.out(`${escapeUnseen(url)}\n`);
    if (options.open) openBrowser(url, (problem) => output.err(`${problem}\n`));
    await closeOnSignals(async () => {
      await companion.close();
      await relay?.close();
    });
    return 0;
  },
};

/**
 * Reads the options of a server.
 *
 * @throws BadInput if one of them is not valid
 */
export function serveOptions(args: readonly string[], output: Output) {
  const { values, positionals } = parseArguments(args, OPTIONS);
  refusePositionals(positionals);
  const port = wholeNumber('port', values.port, 0, 65_535) ?? DEFAULT_PORT;
  const host = values.host ?? DEFAULT_HOST;
  if (host === '') throw new BadInput('--host is empty. Give a name or an address, such as 127.0.0.1.');
  if (values['lab-drafts'] === true && !isLoopbackName(bracket(host).toLowerCase()))
    throw new BadInput('--lab-drafts is for this machine alone. Leave --host out, or give a loopback address.');
  const maxMessage = wholeNumber('max-message', values['max-message'], 0, Number.MAX_SAFE_INTEGER);
  const maxMemory = wholeNumber('max-memory', values['max-memory'], MIN_MAX_MEMORY_BYTES, Number.MAX_SAFE_INTEGER);
  const idleTimeout = wholeNumber('idle-timeout', values['idle-timeout'], 0, MAX_TIMEOUT_MS);
  return {
    port,
    host,
    limits: {
      maxMessageBytes: maxMessage ?? maxMessageBytes,
      maxMemoryBytes: maxMemory ?? Math.max(maxMemoryBytes, MEMORY_PER_MESSAGE * (maxMessage ?? maxMessageBytes)),
      idleTimeoutMs: idleTimeout ?? idleTimeoutMs,
    },
    allowedOrigins: allowedOrigins(values['allow-origin'] ?? []),
    taps: values['no-tap'] !== true,
    h2: values.h2 === true,
    labDrafts: values['lab-drafts'] === true,
    deflate: {
      everywhere: values.deflate === true,
      minBytes:
        wholeNumber('deflate-threshold', values['deflate-threshold'], 0, Number.MAX_SAFE_INTEGER) ??
        DEFAULT_DEFLATE_OPTIONS.minBytes,
    },
    pubsub: redisAddress(values.pubsub),
    log: createLog((line) => output.err(`${line}\n`)),
    open: values.open === true,
  } satisfies CompanionOptions & { open: boolean; pubsub: RedisAddress | undefined };
}

/** Rejects an origin in a form that browsers never send: it would silently never match. */
function allowedOrigins(origins: readonly string[]): readonly string[] {
  const wrong = origins.find((origin) => !isSerializedOrigin(origin));
  if (wrong === undefined) return origins;
  throw new BadInput(
    `--allow-origin is ${JSON.stringify(wrong)}. Give scheme, host and port as a browser sends them, such as https://example.org or http://localhost:3000.`,
  );
}

function redisAddress(url: string | undefined): RedisAddress | undefined {
  if (url === undefined) return undefined;
  const read = readRedisAddress(url);
  if ('problem' in read) throw new BadInput(`--pubsub: ${read.problem}`);
  return read;
}

/** Redis's client is loaded here only: it would double the time that a server takes to start. */
async function openRelay(address: RedisAddress, { log, limits }: ReturnType<typeof serveOptions>) {
  const { openRedisRelay } = await import('../pubsub/redis/redis-relay.ts');
  return openRedisRelay(address, { log, maxMessageBytes: limits.maxMessageBytes });
}

async function listen(
  start: () => Promise<string>,
  { port, host }: { port: number; host: string },
  output: Output,
): Promise<string | undefined> {
  try {
    return await start();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const sentence =
      code === 'EADDRINUSE'
        ? `Another program uses port ${port} on ${host}. Choose another port, such as --port ${port + 1}.`
        : `Cannot listen on port ${port} of ${host}: ${message}. Choose another port or host, with --port or --host.`;
    output.err(`${sentence}\n`);
    return undefined;
  }
}
