import { countNoun } from '../../text/count.ts';
import { linesOf } from './pasted.ts';

/** A text without what chats, terminals, editors and mails put around it. */
export interface Unwrapped {
  readonly text: string;
  /** What was taken away, for a note. */
  readonly what: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ESC is what begins a color
const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const ODD_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const UNSEEN = /[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]/g;
const SMART: readonly (readonly [RegExp, string])[] = [
  [/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '"'],
  [/[\u2018\u2019\u201a\u201b\u2032]/g, "'"],
  [/[\u2010-\u2015\u2212]/g, '-'],
];
const FENCE = /^\s*(?:```|~~~)[\w+-]*\s*$/;
const PROMPT =
  /^\s*(?:(?:\([\w.-]+\)\s*)?(?:[\w.-]+@[\w.-]+(?::| )?[^\s$#%]*\s?)?[$#%❯➜›]\s+\S|PS [A-Z]:\\[^>]*>|[A-Z]:\\[^>]*>|>>> \w|\(gdb\)|\(lldb\)|In \[\d+\]:|irb\(|iex\(|mysql> |sqlite> |\w+=[#>] |sudo |\$ ?$)/;
const OUT = /^\s*(?:Out\[\d+\]:|=>|\$\d+ =)\s+/;
const QUOTE = /^\s*(?:>\s?)+/;
const NUMBER = /^\s*(\d{1,7})(?:[.):|]|\s*[│|])?\s(?=\s*\S)/;

/** In characters: a prompt or a number is within the first ones of its line. */
const MAX_PREFIX = 200;

/** Each step takes away one thing. They are tried one after the other, on top of each other, until the rest can be read. */
const STEPS: readonly ((text: string) => Unwrapped | undefined)[] = [
  (text) => changed(text, text.replace(ANSI, ''), 'colors of a terminal'),
  (text) => changed(text, text.replace(/\r+\n?/g, '\n'), 'odd ends of lines'),
  (text) => changed(text, text.replace(UNSEEN, '').replace(ODD_SPACES, ' '), 'spaces and characters that are not seen'),
  (text) => {
    let plain = text;
    for (const [pattern, sign] of SMART) plain = plain.replace(pattern, sign);
    return changed(text, plain, 'typographic quotation marks and dashes');
  },
  fenced,
  (text) => everyLine(text, QUOTE, 'the signs ">" of a quotation'),
  numbered,
  withoutPrompts,
  (text) => (text.trim().includes('\n') ? undefined : changed(text, text.replace(OUT, ''), 'the sign before a result')),
  withoutEllipsis,
];

/** Every text that is left when more and more is taken away, outermost first. */
export function* unwrap(text: string): Generator<Unwrapped, void, undefined> {
  let left = text;
  const what: string[] = [];
  for (const step of STEPS) {
    const found = step(left);
    if (found === undefined || found.text.trim() === '') continue;
    left = found.text;
    what.push(found.what);
    yield { text: left, what: what.join(', and ') };
  }
}

function changed(before: string, after: string, what: string): Unwrapped | undefined {
  return after === before ? undefined : { text: after, what };
}

/** The lines between Markdown's fences. Of several blocks, none is chosen. */
function fenced(text: string): Unwrapped | undefined {
  const lines = text.split('\n');
  const fences = lines.flatMap((line, i) => (FENCE.test(line) ? [i] : []));
  const [first, second = lines.length, ...more] = fences;
  if (first === undefined || more.length > 0) return undefined;
  return { text: lines.slice(first + 1, second).join('\n'), what: 'the lines around a block of code' };
}

function everyLine(text: string, mark: RegExp, what: string): Unwrapped | undefined {
  const lines = linesOf(text);
  if (lines.length === 0 || !lines.every(({ text: line }) => mark.test(line))) return undefined;
  return { text: lines.map(({ text: line }) => line.replace(mark, '')).join('\n'), what };
}

/** Numbers of lines, as `cat -n` and editors show them: each is one more than the one before. */
function numbered(text: string): Unwrapped | undefined {
  const lines = linesOf(text);
  let last: number | undefined;
  for (const { text: line } of lines) {
    const number = Number(NUMBER.exec(line.slice(0, MAX_PREFIX))?.[1] ?? Number.NaN);
    if (Number.isNaN(number) || (last !== undefined && number !== last + 1)) return undefined;
    last = number;
  }
  if (lines.length < 2) return undefined;
  return { text: lines.map(({ text: line }) => line.replace(NUMBER, '')).join('\n'), what: 'the numbers of the lines' };
}

function withoutPrompts(text: string): Unwrapped | undefined {
  const lines = linesOf(text);
  const kept = lines.filter(({ text: line }) => !PROMPT.test(line.slice(0, MAX_PREFIX)));
  const count = lines.length - kept.length;
  if (count === 0 || kept.length === 0) return undefined;
  return { text: kept.map(({ text: line }) => line).join('\n'), what: `${countNoun(count, 'line')} with a command` };
}

/** Three dots at the very end, with which a writer says that there is more. */
function withoutEllipsis(text: string): Unwrapped | undefined {
  const [whole] = /\s*(?:\.{3}|…|\[?(?:snip|truncated|more)\]?)\s*$/i.exec(text.slice(-100)) ?? [];
  return whole === undefined
    ? undefined
    : { text: text.slice(0, text.length - whole.length), what: 'the dots at the end: more bytes were there' };
}
