import { sameBytes } from '../../bytes/same-bytes.ts';
import { quoteText } from '../../text/quote-text.ts';
import { decodeText } from '../../text/utf8.ts';
import { isProblem, type Order, type OrderProblem, parseOrder, type ReadFile } from './frame-order.ts';

/** One line of a script: what to send, or what to wait for. */
export type Step =
  | { readonly kind: 'send'; readonly order: Order }
  | { readonly kind: 'expect'; readonly line: string; readonly fits: (frame: ExpectedFrame) => boolean }
  | { readonly kind: 'expectEnd'; readonly line: string }
  | { readonly kind: 'expectNothing'; readonly line: string; readonly ms: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'cut'; readonly how: 'FIN' | 'RST' }
  | { readonly kind: 'nothing' };

/** The parts of a frame that a script can ask for. */
export interface ExpectedFrame {
  readonly opcode: number;
  readonly fin: boolean;
  readonly payload: Uint8Array;
}

export const STEP_HELP =
  'expect text "Hi" · expect text ~/pri.e/ · expect ping · expect close 1000 · expect end · expect nothing 500 · wait 100 · end · reset';

const MAX_WAIT_MS = 600_000;

/**
 * Reads a line of a script. Besides orders, it may be `expect` and a frame as it would be sent, without a payload for any, or
 * with `~/…/` for a text that contains a match; `expect end` for the end of TCP; `expect nothing MS`; `wait MS`; `end` for a
 * FIN and `reset` for a RST. A `#` begins a comment.
 */
export function parseStep(text: string, readFile?: ReadFile): Step | OrderProblem {
  const line = text.trim();
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' };
  if (line === 'end') return { kind: 'cut', how: 'FIN' };
  if (line === 'reset') return { kind: 'cut', how: 'RST' };
  const [, waited] = /^wait\s+(\d+)$/.exec(line) ?? [];
  if (waited !== undefined) return waitOf(Number(waited), (ms) => ({ kind: 'wait', ms }));
  if (!/^expect\b/.test(line)) {
    const order = parseOrder(line, readFile);
    return isProblem(order) ? order : { kind: 'send', order };
  }
  const wanted = line.slice('expect'.length).trim();
  if (wanted === 'end') return { kind: 'expectEnd', line };
  const [, quiet] = /^nothing\s+(\d+)$/.exec(wanted) ?? [];
  if (quiet !== undefined) return waitOf(Number(quiet), (ms) => ({ kind: 'expectNothing', line, ms }));
  return expectation(wanted, line, readFile);
}

function expectation(wanted: string, line: string, readFile: ReadFile | undefined): Step | OrderProblem {
  const [, kind = '', pattern] = /^(\w+)\s+~\/(.*)\/$/.exec(wanted) ?? [];
  const order = parseOrder(pattern === undefined ? wanted : kind, readFile);
  if (isProblem(order)) return order;
  if (order.kind === 'raw')
    return { problem: 'Only frames can be expected. Write expect text, expect ping and so on.' };
  const { opcode, fin, payload } = order;
  if (pattern !== undefined) {
    const matcher = regExpOf(pattern);
    if (matcher === undefined) return { problem: `${quoteText(pattern)} is not a regular expression.` };
    const fits = (frame: ExpectedFrame) => frame.opcode === opcode && matcher.test(decodeText(frame.payload) ?? '');
    return { kind: 'expect', line, fits };
  }
  // Without a payload, any payload fits.
  const isAny = payload.length === 0 && !/\s(?:"|hex:|file:)/.test(wanted);
  // A close frame with another reason has the same code.
  const isCode = opcode === 8 && payload.length === 2;
  const fits = (frame: ExpectedFrame): boolean => {
    if (frame.opcode !== opcode || frame.fin !== fin) return false;
    return isAny || sameBytes(isCode ? frame.payload.subarray(0, 2) : frame.payload, payload);
  };
  return { kind: 'expect', line, fits };
}

function waitOf(ms: number, step: (ms: number) => Step): Step | OrderProblem {
  return ms <= MAX_WAIT_MS ? step(ms) : { problem: `${ms} ms is too long. Give up to ${MAX_WAIT_MS}.` };
}

function regExpOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
