import { formatHex } from '../bytes/hex.ts';
import { ruleNamed } from '../protocol/rules.ts';
import { quoteText } from '../text/quote-text.ts';
import type { ConformanceCase } from './case.ts';
import { echoCase, failureCase } from './cases/forms.ts';

/** A case of your own, as one line of JSON. */
export interface WrittenCase {
  /** Letters, digits, `.`, `_` and `-`. */
  readonly id: string;
  readonly title?: string;
  /** The bytes that the client sends after the opening handshake, in hexadecimal digits. */
  readonly sends: string;
  /** The rule that they break: the server must fail the connection with its code. */
  readonly rule?: string;
  /** In place of `rule`: the code with which the server must fail the connection. */
  readonly closes?: number;
  /** In place of both: the messages and pongs that must come back, before the server answers a close frame. */
  readonly returns?: readonly { readonly opcode: number; readonly hex: string }[];
}

/** So long a line is a mistake. */
const MAX_SENT_BYTES = 1024 * 1024;

/** Writes a case as one line of JSON, for {@link readCases}. */
export function writeCase(written: WrittenCase): string {
  return JSON.stringify(written);
}

/** The case for the bytes of one frame: a rule that it breaks, or what an echo server returns. */
export function caseOfFrame(
  title: string,
  bytes: Uint8Array,
  rule: string | undefined,
  returns: WrittenCase['returns'],
): WrittenCase {
  const name = title
    .replace(/[^\w.-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const expected = rule === undefined ? { returns: returns ?? [] } : { rule };
  return { id: `own-${name || 'frame'}`, title, sends: formatHex(bytes), ...expected };
}

/**
 * Reads cases of your own, one line of JSON each. Empty lines are passed over.
 *
 * @throws RangeError with the number of the line, what is wrong in it, and what to write
 */
export function readCases(text: string): readonly ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      const one = caseOf(JSON.parse(line));
      if (cases.some(({ id }) => id === one.id)) throw new RangeError(`the id ${quoteText(one.id)} was used before.`);
      cases.push(one);
    } catch (error) {
      throw new RangeError(
        `Line ${index + 1}: ${error instanceof SyntaxError ? 'this is not JSON. Write one case a line.' : (error as Error).message}`,
      );
    }
  }
  if (cases.length === 0) throw new RangeError('There is no case in it. Write one line of JSON for each.');
  return cases;
}

const KEYS: ReadonlySet<string> = new Set(['id', 'title', 'sends', 'rule', 'closes', 'returns']);

function caseOf(value: unknown): ConformanceCase {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RangeError('this is no object. Write {"id": "own-1", "sends": "8180…", "rule": "…"}.');
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).find((key) => !KEYS.has(key));
  if (unknown !== undefined)
    throw new RangeError(`${quoteText(unknown)} is unknown. The names are: ${[...KEYS].join(', ')}.`);
  const { id, title = id, sends, rule, closes, returns } = given;
  if (typeof id !== 'string' || !/^[\w.-]{1,100}$/.test(id))
    throw new RangeError('"id" needs 1 to 100 letters, digits, ".", "_" and "-".');
  if (typeof title !== 'string') throw new RangeError('"title" must be a text.');
  const items = [{ type: 'bytes', hex: hexOf(sends, 'sends'), meaning: 'the bytes of your case' }] as const;
  if ([rule, closes, returns].filter((each) => each !== undefined).length > 1)
    throw new RangeError('give one of "rule", "closes" and "returns".');
  if (typeof rule === 'string' && ruleNamed(rule) !== undefined) return failureCase({ id, title, rule }, { items });
  if (rule !== undefined)
    throw new RangeError(`"rule" is ${quoteText(String(rule))}, which is no rule. The page /reference/ has all names.`);
  if (closes !== undefined) {
    if (!Number.isInteger(closes) || (closes as number) < 1000 || (closes as number) > 4999)
      throw new RangeError('"closes" must be a close code from 1000 to 4999.');
    const requirement = `The server closes the connection with ${closes}, as this case demands.`;
    return failureCase({ id, title, section: '7.1.7', requirement }, { items }, { closeCode: closes as number });
  }
  const requirement = 'The server returns what this case demands, and answers a close frame.';
  return echoCase({ id, title, section: '5.6', requirement }, { items, received: received(returns ?? []) });
}

function received(returns: unknown) {
  if (!Array.isArray(returns))
    throw new RangeError('"returns" must be a list, such as [{"opcode": 1, "hex": "4869"}].');
  return returns.map((each: unknown) => {
    const { opcode, hex } = (each ?? {}) as Record<string, unknown>;
    if (opcode !== 1 && opcode !== 2 && opcode !== 10)
      throw new RangeError('"opcode" in "returns" must be 1 (text), 2 (binary) or 10 (pong).');
    return { opcode, payload: { hex: hexOf(hex, 'hex', true) } };
  });
}

function hexOf(value: unknown, name: string, mayBeEmpty = false): string {
  if (typeof value !== 'string' || !/^(?:[0-9a-f]{2})*$/i.test(value) || (value === '' && !mayBeEmpty))
    throw new RangeError(`"${name}" needs hexadecimal digits, two for each byte.`);
  if (value.length > 2 * MAX_SENT_BYTES) throw new RangeError(`"${name}" has more than 1 MiB.`);
  return value.toLowerCase();
}
