import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { bytesOfHex } from '../../src/bytes/hex.ts';
import { isProblem, ORDER_HELP, parseOrder } from '../../src/inspector/encode/frame-order.ts';
import { parseStep, STEP_HELP, type Step } from '../../src/inspector/encode/script.ts';
import { parseCurl } from '../../src/inspector/http/parse-curl.ts';
import { describeFrame, type WireFrame } from '../../src/inspector/index.ts';
import { linesOfMessage } from '../../src/inspector/terminal/line-of-message.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { RawClient } from '../connect/raw-client.ts';
import { type ProxyTarget, parseProxyTarget } from '../proxy/target.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments, parseHeader, wholeNumber } from './parse.ts';

const OPTIONS = {
  header: { type: 'string', multiple: true },
  curl: { type: 'string' },
  'no-answer': { type: 'boolean' },
  insecure: { type: 'boolean' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
} as const;

const DEFAULT_TIMEOUT_MS = 5_000;
const SHORT_OPTIONS: Readonly<Record<string, string>> = {
  '-H': '--header',
  '-v': '--verbose',
  '--no-pong': '--no-answer',
};

/** A client in the terminal that sends any frame, right or wrong, and shows every frame that comes back. */
export const connect: Command = {
  name: 'connect',
  usage: 'URL',
  help: [
    'opens a WebSocket, sends each line of standard input as a frame, and shows every frame that comes back. A line is one of:',
    `  ${ORDER_HELP}`,
    '  frame also takes fin=0, rsv2, rsv3, mask=37fa213d, form=16 or 64, length=9; see "encode"',
    'In a script, these lines work too. Each line waits for the one before it:',
    `  ${STEP_HELP}`,
    'The exit status is 1 if an expectation is not met or the connection does not open, and 2 for a line with a mistake',
    '  -H, --header LINE     add a header, such as "Cookie: a=b"; give it again for more',
    '  --curl TEXT           take URL and headers from a command that a browser copied ("Copy as cURL"), or from wscat',
    '  --no-pong             answer no ping, and no close frame',
    '  --insecure            accept any certificate',
    `  --timeout MS          how long an expectation waits (default: ${DEFAULT_TIMEOUT_MS})`,
    '  -v, --verbose         show every field of each frame, bit by bit',
    '  --json                print the messages of a tap, one line of JSON each',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(
      args.map((arg) => SHORT_OPTIONS[arg] ?? arg),
      OPTIONS,
    );
    const copied = values.curl === undefined ? undefined : parseCurl(values.curl);
    if (values.curl !== undefined && copied === undefined) throw new BadInput('--curl has no address in it.');
    const [address = copied?.url, ...more] = positionals;
    if (address === undefined) throw new BadInput('Give the address of a server, such as ws://localhost:8080/echo.');
    if (more[0] !== undefined) throw new BadInput(`Unexpected argument ${JSON.stringify(more[0])}. Give one address.`);
    const timeoutMs = wholeNumber('timeout', values.timeout, 1, 600_000) ?? DEFAULT_TIMEOUT_MS;
    const color = output.columns !== undefined && !process.env['NO_COLOR'];
    const client = new RawClient({
      target: targetOf(address),
      headers: [...(copied?.headers ?? []), ...(values.header ?? []).map(parseHeader)],
      insecure: values.insecure === true,
      answers: values['no-answer'] !== true,
      onMessage: (message) => {
        const lines = values.json
          ? escapeUnseen(JSON.stringify(message))
          : linesOfMessage(message, { color, verbose: values.verbose === true });
        if (lines !== undefined) output.out(`${lines}\n`);
      },
    });
    try {
      return await speak(client, timeoutMs, output);
    } finally {
      client.destroy();
    }
  },
};

/** @throws BadInput if it is no address */
function targetOf(address: string): ProxyTarget {
  try {
    return parseProxyTarget(address, true);
  } catch (error) {
    throw error instanceof RangeError ? new BadInput(error.message) : error;
  }
}

/** @throws BadInput if it is no header line */
/** Carries out the lines of standard input. @returns the exit status */
async function speak(client: RawClient, timeoutMs: number, output: Output): Promise<number> {
  const isOpen = await client.opened();
  if (client.problem !== undefined) output.err(`${client.problem}\n`);
  if (!isOpen) {
    if (client.problem === undefined) output.err('The server ended TCP without a response.\n');
    return 1;
  }
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, terminal: false });
  void client.ended(2 ** 31 - 1).then(() => isTerminal && lines.close());
  let number = 0;
  for await (const line of lines) {
    number++;
    const step = parseStep(line, readOrNot);
    if ('problem' in step) {
      output.err(`Line ${number}: ${step.problem}\n`);
      if (isTerminal) continue;
      return 2;
    }
    const failure = await carryOut(step, client, timeoutMs);
    if (failure === undefined) continue;
    output.err(`Line ${number}: ${failure}\n`);
    if (!isTerminal) return 1;
  }
  if (!client.hasSentClose && !client.hasEnded) sendNormalClosure(client);
  if (!(await client.ended(timeoutMs))) output.err(`The server did not end TCP within ${timeoutMs} ms.\n`);
  return 0;
}

function sendNormalClosure(client: RawClient): void {
  const order = parseOrder('close 1000');
  if (!isProblem(order)) client.send(order);
}

/** @returns the problem, if an expectation is not met */
async function carryOut(step: Step, client: RawClient, timeoutMs: number): Promise<string | undefined> {
  switch (step.kind) {
    case 'nothing':
      return undefined;
    case 'send':
      client.send(step.order);
      return undefined;
    case 'wait':
      await wait(step.ms);
      return undefined;
    case 'cut':
      client.cut(step.how);
      return undefined;
    case 'expectEnd':
      if (await client.ended(timeoutMs)) return undefined;
      return `"${step.line}" is not met: the server has not ended TCP within ${timeoutMs} ms.`;
    case 'expectNothing': {
      const frame = await client.frame(step.ms);
      return frame === undefined ? undefined : `"${step.line}" is not met: ${whatCame(frame)}`;
    }
    case 'expect': {
      const frame = await client.frame(timeoutMs);
      if (frame === undefined)
        return `"${step.line}" is not met: ${client.hasEnded ? 'the server has ended TCP.' : `no frame came within ${timeoutMs} ms.`}`;
      const { opcode = -1, fin = false, payload } = frame;
      if (step.fits({ opcode, fin, payload: bytesOfHex(payload.hex) })) return undefined;
      return `"${step.line}" is not met: ${whatCame(frame)}`;
    }
  }
}

function whatCame(frame: WireFrame): string {
  const { text, hex } = frame.payload;
  return `what came is ${describeFrame(frame)}: ${text === undefined ? hex : JSON.stringify(text)}`;
}

function readOrNot(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return undefined;
  }
}
