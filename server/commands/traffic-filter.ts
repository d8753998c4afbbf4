import { FILTER_WORDS, parseFilter as parseWords } from '../../src/inspector/list/filter.ts';
import type { TrafficMessage } from '../../src/inspector/traffic/traffic-explainer.ts';
import { BadInput } from './command.ts';

/** The lines of the help. */
export const FILTER_HELP: readonly string[] = ['only frames to which every word applies:', ...FILTER_WORDS];

/**
 * Makes a test of the words of a filter. Messages that are no frames always pass, but chunks.
 *
 * @throws BadInput for a word that means nothing
 */
export function parseFilter(words: string): (message: TrafficMessage) => boolean {
  const filter = parseWords(words);
  if ('problem' in filter) throw new BadInput(`--filter, character ${filter.column}: ${filter.problem}`);
  return (message) => {
    if (message.type !== 'frame' && message.type !== 'message') return filter.isEmpty || message.type !== 'chunk';
    const isFrame = message.type === 'frame';
    return filter.passes({
      direction: message.direction,
      opcode: message.opcode,
      payloadLength: isFrame ? Number(message.payloadLength ?? 0) : message.byteLength,
      brokenRules: isFrame ? message.violations.map(({ rule }) => rule) : [],
      text: () => (isFrame ? message.inflated?.text : undefined) ?? message.payload.text,
    });
  };
}
