import { formatHex } from '../../src/bytes/hex.ts';
import { decodeFrames, describeFrame, describeViolation, type FrameDump } from '../../src/inspector/index.ts';
import { OPCODES } from '../../src/protocol/index.ts';
import { quoteText } from '../../src/text/quote-text.ts';

/** What a frame should be. A property that is left out may have any value. RFC 6455 §5.2. */
export interface ExpectedFrame {
  /** A name, such as `text` or `close`, or the number of an opcode. */
  readonly opcode?: string | number | undefined;
  readonly fin?: boolean | undefined;
  readonly masked?: boolean | undefined;
  /** The payload without its mask: as text, which is compared as UTF-8, or as bytes. */
  readonly payload?: string | Uint8Array | undefined;
}

/** The side that sent the bytes. Without it, the MASK bit of each frame decides. */
export interface SentBy {
  readonly from?: 'client' | 'server' | undefined;
}

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/**
 * Matchers for the bytes of frames, for `expect.extend(matchers)`. The bytes are a Uint8Array or a Buffer.
 *
 * - `toBeFrame(expected)`: they are exactly one frame, as expected.
 * - `toBreakRule(name, { from })`: a frame in them breaks a rule, such as `reserved-data-opcode`; without a name, any rule.
 */
export const matchers = {
  toBeFrame(received: unknown, expected: ExpectedFrame = {}): Result {
    const bytes = bytesOf(received, 'toBeFrame');
    const { frames, incomplete, http } = decodeFrames(bytes);
    const [frame] = frames;
    const whole = frame !== undefined && frames.length === 1 && incomplete === undefined && http === undefined;
    if (!whole) {
      const what = http?.sentence ?? incomplete?.sentence ?? `There are ${frames.length} frames.`;
      return { pass: false, message: () => `These bytes are not one whole frame: ${formatHex(bytes)}. ${what}` };
    }
    const actual = shapeOf(frame.dump);
    const wanted = wantedOf(expected);
    const names = Object.keys(wanted) as (keyof typeof wanted)[];
    const different = names.filter((name) => wanted[name] !== actual[name]);
    const found = describeFrame(frame.dump);
    return {
      pass: different.length === 0,
      message: () =>
        different.length === 0
          ? `This frame should be another one: ${found}.`
          : `${different.map((name) => `${name} is ${String(actual[name])}, not ${String(wanted[name])}`).join('; ')}. The frame: ${found}.`,
      actual: Object.fromEntries(names.map((name) => [name, actual[name]])),
      expected: wanted,
    };
  },

  toBreakRule(received: unknown, rule?: string, { from }: SentBy = {}): Result {
    const bytes = bytesOf(received, 'toBreakRule');
    const violations = decodeFrames(bytes, from).frames.flatMap((frame) => frame.violations);
    const broken = [...new Set(violations.map((violation) => violation.rule as string))];
    const pass = rule === undefined ? broken.length > 0 : broken.includes(rule);
    const said = violations.map((violation) => describeViolation(violation)).join('\n');
    return {
      pass,
      message: () =>
        pass
          ? `These bytes should not break the rule: ${formatHex(bytes)}\n${said}`
          : `These bytes break ${broken.length === 0 ? 'no rule' : `only ${broken.join(', ')}`}: ${formatHex(bytes)}`,
      actual: broken,
      expected: rule === undefined ? 'a broken rule' : [rule],
    };
  },
};

function bytesOf(received: unknown, matcher: string): Uint8Array {
  // A copy, and never a Buffer: its slices share memory.
  if (received instanceof Uint8Array) return new Uint8Array(received);
  throw new TypeError(
    `${matcher} needs a Uint8Array or a Buffer; it was given ${received === null ? 'null' : typeof received}.`,
  );
}

function shapeOf({ opcode, fin, masked, payload }: FrameDump) {
  return { opcode, fin, masked, payload: payload.hex };
}

/** As {@link shapeOf}, with what is to be compared. */
function wantedOf({ opcode, fin, masked, payload }: ExpectedFrame): Partial<ReturnType<typeof shapeOf>> {
  return {
    ...(opcode !== undefined && { opcode: numberOf(opcode) }),
    ...(fin !== undefined && { fin }),
    ...(masked !== undefined && { masked }),
    ...(payload !== undefined && {
      payload: formatHex(typeof payload === 'string' ? new TextEncoder().encode(payload) : payload),
    }),
  };
}

function numberOf(opcode: string | number): number {
  if (typeof opcode === 'number') return opcode;
  const number = OPCODES.findIndex(({ name, reserved }) => !reserved && name === opcode);
  if (number >= 0) return number;
  const names = OPCODES.filter(({ reserved }) => !reserved).map(({ name }) => name);
  throw new TypeError(`${quoteText(opcode)} is no opcode. The names are: ${names.join(', ')}.`);
}

declare module 'vitest' {
  // Merged with the matchers of Vitest, which has these type parameters.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The bytes are exactly one frame, as expected. */
    toBeFrame(expected?: ExpectedFrame): R;
    /** A frame in the bytes breaks this rule of the reference; without a name, any rule. */
    toBreakRule(rule?: string, options?: SentBy): R;
  }
}
