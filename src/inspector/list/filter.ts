import { OPCODES } from '../../protocol/framing/opcode.ts';
import { quoteText } from '../../text/quote-text.ts';
import { type JsonPath, parseJsonPath, valuesAt } from './json-path.ts';

/** A frame or a message, as a filter sees it. */
export interface FilteredFrame {
  readonly direction: 'in' | 'out';
  readonly opcode: number | undefined;
  readonly payloadLength: number;
  /** The names of the rules that it breaks. */
  readonly brokenRules: readonly string[];
  /** The payload as text, inflated if it was compressed; undefined if it is no text. Called only if a test needs it. */
  text(): string | undefined;
}

export interface Filter {
  readonly passes: (frame: FilteredFrame) => boolean;
  /** Whether every frame passes. */
  readonly isEmpty: boolean;
}

export interface FilterProblem {
  readonly problem: string;
  /** The first character that is wrong, from 1 on. */
  readonly column: number;
}

/** What a filter is made of, one line each. */
export const FILTER_WORDS: readonly string[] = [
  'in or out, the name of an opcode (text, binary, continuation, close, ping, pong) or opcode=N,',
  'size>N, size<N or size=N, broken or rule=NAME,',
  'text~WORD, text~"SOME WORDS" or text~/PATTERN/i,',
  '$.key, $.list[0].key=VALUE, $.key>N, $.key<N or $.key~WORD for JSON. A "!" before a word means: not',
];

interface Condition {
  readonly test: (frame: FilteredFrame) => boolean;
  /** Those that read the payload come last. */
  readonly readsText: boolean;
}

/**
 * Reads a filter: words with spaces, commas or `&` between them. A frame passes if every word applies to it.
 *
 * The same words filter the list in the page and the output of `open --filter`.
 */
export function parseFilter(text: string): Filter | FilterProblem {
  const conditions: Condition[] = [];
  // A word may hold a pattern or a quotation, and those may hold spaces.
  const words =
    /[\s,&]+|((?:[~=]\s*\/(?:[^/\\]|\\.)*\/[a-z]*|[~=]\s*"(?:[^"\\]|\\.)*"|\["(?:[^"\\]|\\.)*"\]|[^\s,&])+)/gs;
  for (const { 1: word, index } of text.matchAll(words)) {
    if (word === undefined) continue;
    const isNegated = word.startsWith('!');
    const found = conditionOf(isNegated ? word.slice(1) : word);
    if (typeof found === 'string') return { problem: found, column: index + 1 };
    const { test, readsText } = found;
    conditions.push(isNegated ? { test: (frame) => !test(frame), readsText } : found);
  }
  const ordered = [...conditions.filter((each) => !each.readsText), ...conditions.filter((each) => each.readsText)];
  return { passes: (frame) => ordered.every(({ test }) => test(frame)), isEmpty: ordered.length === 0 };
}

const onHeader = (test: Condition['test']): Condition => ({ test, readsText: false });
const onText = (test: (text: string) => boolean): Condition => ({
  test(frame) {
    const text = frame.text();
    return text !== undefined && test(text);
  },
  readsText: true,
});

/** @returns what is wrong with the word, if it means nothing */
function conditionOf(word: string): Condition | string {
  const named = OPCODES.findIndex(({ name }) => name === word);
  if (named >= 0) return onHeader(({ opcode }) => opcode === named);
  if (word === 'in' || word === 'out') return onHeader(({ direction }) => direction === word);
  if (word === 'broken') return onHeader(({ brokenRules }) => brokenRules.length > 0);
  if (word.startsWith('$')) return jsonCondition(word);
  const [, subject, sign = '', value = ''] = /^(size|opcode|rule|text)([<>=~])(.+)$/s.exec(word) ?? [];
  if (subject === 'text' && sign === '~') return textCondition(value);
  if (subject === 'rule' && sign === '=')
    return onHeader(({ brokenRules }) => brokenRules.some((rule) => rule === value));
  if (subject === 'opcode' && sign === '=' && /^\d{1,2}$/.test(value) && Number(value) < 16)
    return onHeader(({ opcode }) => opcode === Number(value));
  if (subject === 'size' && sign !== '~' && /^\d{1,15}$/.test(value)) {
    const size = Number(value);
    return onHeader(({ payloadLength }) => compares(payloadLength, sign, size));
  }
  return `The filter does not know ${quoteText(word)}. Use ${FILTER_WORDS.join(' ')}.`;
}

function compares(value: number, sign: string, other: number): boolean {
  if (sign === '=') return value === other;
  return sign === '>' ? value > other : value < other;
}

/** A word, a quotation, or a pattern between slashes. */
function textCondition(value: string): Condition | string {
  const matches = matcherOf(value);
  return typeof matches === 'string' ? matches : onText(matches);
}

function matcherOf(value: string): ((text: string) => boolean) | string {
  const [, pattern, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(value) ?? [];
  if (pattern === undefined) {
    const words = unquoted(value);
    return (text) => text.includes(words);
  }
  if (!/^[ims]*$/.test(flags)) return `A pattern can have the letters i, m and s behind it, not ${quoteText(flags)}.`;
  try {
    const expression = new RegExp(pattern, `u${flags}`);
    return (text) => expression.test(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /, '') : '';
    return `/${pattern}/ is not a regular expression: ${why}.`;
  }
}

function unquoted(value: string): string {
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/s.exec(value) ?? [];
  return quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1');
}

function jsonCondition(word: string): Condition | string {
  const parsed = parseJsonPath(word);
  if ('problem' in parsed) return parsed.problem;
  const { path, rest } = parsed;
  if (rest === '') return onValues(path, (value) => value !== undefined);
  const [sign = '', value] = [rest[0], rest.slice(1)];
  if (!'=<>~'.includes(sign) || value === '')
    return `${quoteText(rest)} cannot follow a JSON path. Use =VALUE, >N, <N or ~WORD.`;
  if (sign === '~') {
    const matches = matcherOf(value);
    return typeof matches === 'string' ? matches : onValues(path, (each) => matches(wordsOf(each)));
  }
  if (sign === '=') {
    const wanted = unquoted(value);
    return onValues(path, (each) => wordsOf(each) === wanted);
  }
  const limit = Number(value);
  if (Number.isNaN(limit)) return `${quoteText(value)} is no number, and "${sign}" compares numbers.`;
  return onValues(path, (each) => typeof each === 'number' && compares(each, sign, limit));
}

const onValues = (path: JsonPath, test: (value: unknown) => boolean): Condition =>
  onText((text) => valuesAt(path, text).some(test));

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
