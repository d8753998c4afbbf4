import { formatHex } from '../../src/bytes/hex.ts';
import { acceptSteps, checkKey } from '../../src/protocol/index.ts';
import { BadInput, type Command } from './command.ts';
import { parseArguments } from './parse.ts';

const OPTIONS = { explain: { type: 'boolean' }, json: { type: 'boolean' } } as const;

/** People copy the whole header line more often than its value. */
const HEADER_NAME = /^\s*Sec-WebSocket-Key\s*:\s*/i;

/** Prints the Sec-WebSocket-Accept for a key. RFC 6455 §4.2.2. */
export const accept: Command = {
  name: 'accept',
  usage: 'KEY',
  help: [
    'computes the Sec-WebSocket-Accept for a Sec-WebSocket-Key',
    '  --explain             show each step',
    '  --json                print each step as one line of JSON',
  ],
  run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [given, ...surplus] = positionals;
    if (given === undefined || surplus.length > 0) {
      throw new BadInput(`accept needs one key, such as dGhlIHNhbXBsZSBub25jZQ==; you gave ${positionals.length}.`);
    }
    const key = given.replace(HEADER_NAME, '');
    const problem = checkKey(key);
    if (problem) throw new BadInput(`The key ${JSON.stringify(key)} is malformed. ${problem.sentence}`);
    const { accept: answer, ...steps } = acceptSteps(key);
    if (values.json && values.explain) throw new BadInput('--json shows each step already. Leave out --explain.');
    if (values.json) {
      const { hashedText, digest } = steps;
      output.out(`${JSON.stringify({ key, hashedText, digestHex: formatHex(digest), accept: answer })}\n`);
      return 0;
    }
    output.out(values.explain ? explain(steps, answer) : `${answer}\n`);
    return 0;
  },
};

function explain({ key, hashedText, digest }: Omit<ReturnType<typeof acceptSteps>, 'accept'>, answer: string): string {
  return [
    `the key, as text       ${key}`,
    `followed by the GUID   ${hashedText}`,
    `SHA-1, ${digest.length} bytes        ${formatHex(digest)}`,
    `in base64              ${answer}`,
    '',
  ].join('\n');
}
