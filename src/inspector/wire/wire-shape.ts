import { FIELD_NAMES } from '../../protocol/field-name.ts';
import { headerOfFields } from '../frame/header-of-fields.ts';
import { SCHEMA_VERSION, type WireMessage } from './wire.ts';

/** Checks a value. @returns the problem, such as `payload.hex is not hex`, or undefined */
export type Check = (value: unknown, path: string) => string | undefined;

type Shape = Readonly<Record<string, Check>>;

const check =
  (expected: string, is: (value: unknown) => boolean): Check =>
  (value, path) =>
    is(value) ? undefined : `${path} is ${show(value)}: it must be ${expected}`;

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
export const count = check('an integer from 0 on', isCount);
const duration = check('a number from 0 on', (value) => Number.isFinite(value) && Number(value) >= 0);
export const text = check('a text', (value) => typeof value === 'string');
export const truth = check('true or false', (value) => typeof value === 'boolean');
export const hex = check(
  'hex, two digits a byte',
  (value) => typeof value === 'string' && value.length % 2 === 0 && !/[^0-9a-f]/.test(value),
);
const opcode = check('an integer from 0 to 15', (value) => isCount(value) && Number(value) <= 15);
const length = check(
  'an integer from 0 on, or its decimal digits',
  (value) => isCount(value) || (typeof value === 'string' && /^\d+$/.test(value)),
);
const fieldValue = check(
  'an integer, decimal digits or hex',
  (value) => isCount(value) || (typeof value === 'string' && !/[^0-9a-f]/.test(value)),
);
export const oneOf = (...values: readonly unknown[]): Check =>
  check(values.map((value) => JSON.stringify(value)).join(' or '), (value) => values.includes(value));
export const optional =
  (inner: Check): Check =>
  (value, path) =>
    value === undefined ? undefined : inner(value, path);
export const object =
  (shape: Shape): Check =>
  (value, path) => {
    if (!isRecord(value)) return `${path} is ${show(value)}: it must be an object`;
    for (const [key, inner] of Object.entries(shape)) {
      const problem = inner(Object.hasOwn(value, key) ? value[key] : undefined, `${path}.${key}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
export const listOf =
  (inner: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return `${path} is ${show(value)}: it must be a list`;
    for (const [index, element] of value.entries()) {
      const problem = inner(element, `${path}[${index}]`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };

const ON_A_CONNECTION: Shape = { connection: count, timeMs: duration };
const ON_THE_WIRE: Shape = { ...ON_A_CONNECTION, direction: oneOf('in', 'out'), offset: count, byteLength: count };

const FIELD = object({
  name: oneOf(...FIELD_NAMES),
  bit: count,
  bits: count,
  value: fieldValue,
  meaning: text,
  section: text,
});

const VIOLATION = object({
  rule: text,
  section: text,
  statusCode: oneOf(1002, 1007, 1008, 1009),
  start: count,
  end: count,
});

const STREAM = object({ stream: count });

const PAYLOAD = object({ hex, text: optional(text) });

const SHAPES: Readonly<Record<WireMessage['type'], Shape>> = {
  open: { schema: oneOf(1, SCHEMA_VERSION), ...ON_A_CONNECTION, path: text, remote: text, http2: optional(STREAM) },
  chunk: ON_THE_WIRE,
  handshake: { ...ON_THE_WIRE, hex },
  frame: {
    ...ON_THE_WIRE,
    hex,
    truncated: truth,
    opcode: optional(opcode),
    fin: optional(truth),
    masked: optional(truth),
    payloadLength: optional(length),
    fields: listOf(FIELD),
    payload: PAYLOAD,
    // A pane that shows more of it checks the rest, in a file that few pages load: inflated-shape.ts.
    inflated: optional(PAYLOAD),
    violations: listOf(VIOLATION),
  },
  close: { ...ON_A_CONNECTION, closeCode: count, reason: text, clean: truth },
  ending: { connection: count, cause: text, sentence: text },
  dropped: { connection: count, messages: count },
  gap: { ...ON_THE_WIRE, byteLength: optional(count), why: oneOf('missing', 'unread') },
};

/**
 * Checks that a value from outside is a wire message of schema 1 or 2. Ignores unknown keys. Adds the properties of schema 2
 * to a frame of schema 1, so that every frame has them.
 *
 * @param path the name of the value in a problem
 */
export function checkWireMessage(
  value: unknown,
  path = 'message',
): { readonly message: WireMessage } | { readonly problem: string } {
  const type = isRecord(value) && Object.hasOwn(value, 'type') ? value['type'] : undefined;
  const shape =
    typeof type === 'string' && Object.hasOwn(SHAPES, type) ? SHAPES[type as WireMessage['type']] : undefined;
  if (shape === undefined) {
    return { problem: `${path}.type is ${show(type)}: it must be one of ${Object.keys(SHAPES).join(', ')}` };
  }
  const problem = object(shape)(value, path);
  if (problem !== undefined) return { problem };
  const message = value as WireMessage;
  return { message: message.type === 'frame' ? { ...headerOfFields(message.fields), ...message } : message };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_SHOWN_LENGTH = 40;

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'an object';
  const json = JSON.stringify(value);
  return json.length <= MAX_SHOWN_LENGTH ? json : `${json.slice(0, MAX_SHOWN_LENGTH)}…`;
}
