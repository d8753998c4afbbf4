import { createReadStream } from 'node:fs';
import type { Ending, WireMessage } from '../../src/inspector/index.ts';
import { openRecording } from '../../src/inspector/open-recording.ts';
import { formatBugReport } from '../../src/inspector/report/bug-report.ts';
import { formatLadderSvg } from '../../src/inspector/report/ladder-svg.ts';
import { redactMessage } from '../../src/inspector/report/redact-message.ts';
import { replayScript } from '../../src/inspector/report/replay-script.ts';
import { TrafficExplainer, type TrafficMessage } from '../../src/inspector/traffic/traffic-explainer.ts';
import { VERSION } from '../version.ts';
import { BadInput, type Command } from './command.ts';
import { parseArguments, refuseUnknown, wholeNumber } from './parse.ts';

const OPTIONS = {
  connection: { type: 'string' },
  secrets: { type: 'boolean' },
  ladder: { type: 'boolean' },
  as: { type: 'string' },
} as const;
const HEAD_BYTES = 64 * 1024;
/** A report of more messages than this would be read by nobody. */
const MAX_MESSAGES = 100_000;

/** Describes one connection of a recording for a bug report. */
export const report: Command = {
  name: 'report',
  usage: 'FILE',
  help: [
    'describes one connection of a recording in Markdown, for a bug report: why it ended, its heads, its frames, the rules',
    'that it broke, and the command that repeats it. Cookies, authorizations and what looks like a token are replaced',
    '  --connection N        the connection of this number (default: 1)',
    '  --ladder              draw the connection, too, as an image in the report. GitHub does not show such images: attach',
    '                        what --as svg prints there',
    '  --as svg              print only that image, as an SVG document',
    '  --as script           print only the script that repeats what the client did, for "framelight connect"',
    '  --secrets             write secrets as they are',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [file, ...more] = positionals;
    if (file === undefined) throw new BadInput('report needs a file, such as traffic.pcapng.');
    if (more[0] !== undefined) throw new BadInput(`Unexpected argument ${JSON.stringify(more[0])}. Give one file.`);
    const { as = 'markdown' } = values;
    refuseUnknown('value of --as', [as], ['markdown', 'script', 'svg']);
    const wanted = wholeNumber('connection', values.connection, 1, Number.MAX_SAFE_INTEGER) ?? 1;
    const { messages, ending, connections } = await read(file, wanted);
    if (messages.length === 0)
      throw new BadInput(
        connections === 0
          ? `There is no WebSocket in ${file}.`
          : `${file} has ${connections} connections. Choose one with --connection.`,
      );
    if (as === 'script') output.out(`${replayScript(messages).join('\n')}\n`);
    else if (as === 'svg') output.out(formatLadderSvg(values.secrets ? messages : redacted(messages), ending));
    else {
      const versions = [`Framelight ${VERSION}`, `Node ${process.version}`];
      output.out(
        formatBugReport(messages, ending, {
          versions,
          secrets: values.secrets === true,
          ladder: values.ladder === true,
        }),
      );
    }
    return 0;
  },
};

function redacted(messages: readonly WireMessage[]): WireMessage[] {
  const names = new Set<string>();
  return messages.map((message) => redactMessage(message, names));
}

async function read(file: string, wanted: number) {
  const messages: WireMessage[] = [];
  let ending: Ending | undefined;
  let connections = 0;
  const explainer = new TrafficExplainer();
  const take = (all: Iterable<TrafficMessage>): void => {
    for (const message of all) {
      if (message.type === 'open') connections++;
      if (message.connection !== wanted) continue;
      if (message.type === 'ending') ending = message;
      else if (
        message.type !== 'note' &&
        message.type !== 'message' &&
        message.type !== 'fields' &&
        messages.length < MAX_MESSAGES
      )
        messages.push(message);
    }
  };
  let head = Buffer.alloc(0);
  let reader: Exclude<ReturnType<typeof openRecording>, { refusal: string } | undefined> | undefined;
  const start = (): void => {
    const found = openRecording(new Uint8Array(head), file);
    if (found === undefined)
      throw new BadInput(`${file} is not in a form that report can read. Give it a capture, such as traffic.pcapng.`);
    if ('refusal' in found) throw new BadInput(`${file}: ${found.refusal}`);
    reader = found;
    for (const event of found.push(new Uint8Array(head))) take(explainer.take(event));
  };
  try {
    for await (const piece of createReadStream(file)) {
      if (reader !== undefined)
        for (const event of reader.push(new Uint8Array(piece as Buffer))) take(explainer.take(event));
      else {
        head = Buffer.concat([head, piece as Buffer]);
        if (head.length >= HEAD_BYTES) start();
      }
    }
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput(`${file} cannot be read: ${(error as Error).message}.`);
  }
  if (reader === undefined) start();
  for (const event of reader?.end() ?? []) take(explainer.take(event));
  take(explainer.end());
  return { messages, ending, connections };
}
