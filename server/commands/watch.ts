import { parseWireMessage } from '../../src/companion/parse-wire-message.ts';
import { TAP_PATH, WATCH_PARAMETER, WATCH_TOKEN } from '../../src/companion/paths.ts';
import { linesOfMessage } from '../../src/inspector/terminal/line-of-message.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments } from './parse.ts';

const OPTIONS = { json: { type: 'boolean' }, verbose: { type: 'boolean' } } as const;
const DEFAULT_URL = 'http://localhost:8080/';
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Prints what a running companion or proxy records, as it happens. */
export const watch: Command = {
  name: 'watch',
  usage: '[URL]',
  help: [
    'prints a line for each frame that a running companion or proxy records. URL is its address, or the one of the',
    `page that "framelight proxy" prints, with its token (default: ${DEFAULT_URL})`,
    '  -v, --verbose         print every field of each frame, bit by bit, and the whole heads',
    '  --json                print the messages of the tap, one line of JSON each',
    '                        Colors are off if the output is not a terminal, or if NO_COLOR is set',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(
      args.map((arg) => (arg === '-v' ? '--verbose' : arg)),
      OPTIONS,
    );
    const [given = DEFAULT_URL, ...more] = positionals;
    if (more[0] !== undefined) throw new BadInput(`Unexpected argument ${JSON.stringify(more[0])}. Give one address.`);
    const color = output.columns !== undefined && !process.env['NO_COLOR'];
    const format = (text: string): string | undefined => {
      const parsed = parseWireMessage(text);
      if ('problem' in parsed)
        throw new BadInput(`The tap sent a message that watch does not understand: ${parsed.problem}.`);
      if (values.json) return escapeUnseen(text);
      return linesOfMessage(parsed.message, { color, verbose: values.verbose === true });
    };
    return follow(tapUrl(given), format, output);
  },
};

/**
 * The address of the tap that belongs to an address of a server, or of its page.
 *
 * @throws BadInput if it is no address
 */
export function tapUrl(given: string): string {
  const full = HAS_SCHEME.test(given) ? given : `ws://${given}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || !/^(ws|wss|http|https):$/.test(url.protocol))
    throw new BadInput(`${JSON.stringify(given)} is not an address. Give one like ${DEFAULT_URL}`);
  const token =
    new URLSearchParams(url.hash.slice(1)).get(WATCH_PARAMETER) ?? url.searchParams.get(WATCH_PARAMETER) ?? undefined;
  if (token !== undefined && !WATCH_TOKEN.test(token))
    throw new BadInput(
      `The token ${JSON.stringify(token)} must have 16 to 64 characters of A-Z, a-z, 0-9, "_" and "-".`,
    );
  const scheme = /^(https|wss):$/.test(url.protocol) ? 'wss' : 'ws';
  return `${scheme}://${url.host}${TAP_PATH}${token === undefined ? '' : `?${WATCH_PARAMETER}=${token}`}`;
}

/** @returns the exit status, when the tap has ended */
async function follow(url: string, format: (text: string) => string | undefined, output: Output): Promise<number> {
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let isOpen = false;
  socket.onopen = () => {
    isOpen = true;
    output.err(`Watching ${escapeUnseen(url)}. Press Ctrl+C to stop.\n`);
  };
  socket.onmessage = ({ data }) => {
    try {
      const lines = format(String(data));
      if (lines !== undefined) output.out(`${lines}\n`);
    } catch (error) {
      reject(error);
      socket.close();
    }
  };
  socket.onclose = ({ code, reason }) => {
    if (isOpen) {
      output.err(
        `The server has ended the tap${code === 1006 ? '' : ` with ${code}`}${reason === '' ? '' : `: ${reason}`}.\n`,
      );
      resolve(0);
      return;
    }
    output.err(`There is no tap at ${url}. Start "framelight serve" or "framelight proxy", and give its address.\n`);
    resolve(1);
  };
  return promise;
}
