import { isSerializedOrigin } from '../../src/companion/policy/origin.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { DEFAULT_SERVER_LIMITS } from '../bounds/limits.ts';
import { createLog } from '../log.ts';
import { type CompanionOptions, createCompanion } from '../server.ts';
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
  'no-tap': { type: 'boolean' },
  open: { type: 'boolean' },
} as const;

const { maxMessageBytes, maxMemoryBytes, idleTimeoutMs } = DEFAULT_SERVER_LIMITS;
const DEFAULT_PORT = 8080;
/** So many times the longest message: what it is joined in doubles as it grows, and then waits to be sent. */
const MEMORY_PER_MESSAGE = 4;
const MIN_MAX_MEMORY_BYTES = 1024 * 1024;
/** 127.0.0.1 and [::1]: a browser takes this name for either. */
const DEFAULT_HOST = 'localhost';
/** A longer delay does not fit Node's timers. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Serves site and sockets until a signal ends it. */
export const serve: Command = {
  name: 'serve',
  usage: '[options]',
  help: [
    'serves the site and the sockets on one port; the default',
    `  --port N              the port, ${DEFAULT_PORT} unless given; 0 takes a free one`,
    '  --host H              the name or address to listen on; 127.0.0.1 and [::1] unless given',
    `  --max-message BYTES   the longest message to take, ${maxMessageBytes} unless given`,
    `  --max-memory BYTES    what all peers together may make the server keep; past it, the one that takes most is cut off;`,
    `                        ${maxMemoryBytes} unless given, a quarter of the limit of Node's heap`,
    `  --idle-timeout MS     how long a peer may be silent, ${idleTimeoutMs} unless given; 0 is for ever`,
    '  --allow-origin ORIGIN lets pages from another origin connect; may be repeated',
    '  --no-tap              records nothing and serves no /tap',
    '  --open                opens the browser',
  ],
  async run(args, output) {
    const options = serveOptions(args, output);
    const companion = createCompanion(options);
    const url = await listen(companion.listen, options, output);
    if (url === undefined) return 1;
    output.out(`${escapeUnseen(url)}\n`);
    if (options.open) openBrowser(url, (problem) => output.err(`${problem}\n`));
    await closeOnSignals(() => companion.close());
    return 0;
  },
};

/**
 * Reads the options of a server.
 *
 * @throws BadInput where one of them is no good
 */
export function serveOptions(args: readonly string[], output: Output) {
  const { values, positionals } = parseArguments(args, OPTIONS);
  refusePositionals(positionals);
  const port = wholeNumber('port', values.port, 0, 65_535) ?? DEFAULT_PORT;
  const host = values.host ?? DEFAULT_HOST;
  if (host === '') throw new BadInput('--host is empty: give a name or an address, such as 127.0.0.1.');
  const maxMessage = wholeNumber('max-message', values['max-message'], 0, Number.MAX_SAFE_INTEGER);
  const maxMemory = wholeNumber('max-memory', values['max-memory'], MIN_MAX_MEMORY_BYTES, Number.MAX_SAFE_INTEGER);
  const idleTimeout = wholeNumber('idle-timeout', values['idle-timeout'], 0, LONGEST_TIMEOUT_MS);
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
    log: createLog((line) => output.err(`${line}\n`)),
    open: values.open === true,
  } satisfies CompanionOptions & { open: boolean };
}

/** An origin that is written otherwise than browsers do would never match, and nobody would be told. */
function allowedOrigins(origins: readonly string[]): readonly string[] {
  const wrong = origins.find((origin) => !isSerializedOrigin(origin));
  if (wrong === undefined) return origins;
  throw new BadInput(
    `--allow-origin is ${JSON.stringify(wrong)}: give scheme, host and port as a browser sends them, such as https://example.org or http://localhost:3000.`,
  );
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
        ? `Port ${port} on ${host} is taken by another program. Choose another with --port, such as --port ${port + 1}.`
        : `Cannot listen on port ${port} of ${host}: ${message}. Choose others with --port and --host.`;
    output.err(`${sentence}\n`);
    return undefined;
  }
}
