import type { TrafficMessage } from '../../src/inspector/traffic/traffic-explainer.ts';
import { OPCODES } from '../../src/protocol/framing/opcode.ts';
import { BadInput } from './command.ts';

/** The lines of the help. */
export const FILTER_HELP: readonly string[] = [
  'only frames to which every word applies: in or out, the name of an',
  'opcode (text, binary, continuation, close, ping, pong), broken,',
  'size>N or size<N, text~WORD',
];

type Test = (message: Extract<TrafficMessage, { type: 'frame' | 'message' }>) => boolean;

/**
 * Makes a test of the words of a filter. Messages that are no frames always pass, but chunks.
 *
 * @throws BadInput for a word that means nothing
 */
export function parseFilter(words: string): (message: TrafficMessage) => boolean {
  const tests = words
    .split(/[\s,&]+/)
    .filter((word) => word !== '')
    .map(testOf);
  return (message) => {
    if (message.type === 'frame' || message.type === 'message') return tests.every((test) => test(message));
    return tests.length === 0 || message.type !== 'chunk';
  };
}

function testOf(word: string): Test {
  const opcode = OPCODES.findIndex(({ name }) => name === word);
  if (opcode >= 0) return (message) => message.opcode === opcode;
  if (word === 'in' || word === 'out') return ({ direction }) => direction === word;
  if (word === 'broken') return (message) => message.type === 'frame' && message.violations.length > 0;
  const [, what, sign, value = ''] = /^(size|text)([<>~])(.+)$/.exec(word) ?? [];
  if (what === 'size' && /^\d+$/.test(value) && sign !== '~') {
    const size = Number(value);
    return (message) => {
      const length = message.type === 'frame' ? Number(message.payloadLength ?? 0) : message.byteLength;
      return sign === '>' ? length > size : length < size;
    };
  }
  if (what === 'text' && sign === '~') {
    return (message) =>
      [message.payload.text, message.type === 'frame' ? message.inflated?.text : undefined].some(
        (text) => text?.includes(value) === true,
      );
  }
  throw new BadInput(
    `--filter does not know ${JSON.stringify(word)}. Use in, out, the name of an opcode such as text, broken, size>N, size<N or text~WORD.`,
  );
}
