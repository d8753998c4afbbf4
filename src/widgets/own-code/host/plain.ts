/** A value of the reader's code that can be sent to the page: copied, and cut to a bounded size. */
export type Plain =
  | undefined
  | null
  | boolean
  | number
  | string
  | bigint
  | Uint8Array
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/** The key of an object that stands for what cannot be copied: its value says what it was. */
export const ODD = '(odd)';

const MAX_CHARACTERS = 1000;
/** In bytes. No case expects a tenth of it. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ITEMS = 10_000;
const MAX_DEPTH = 4;

/**
 * Copies a value. Functions, promises and objects with methods of their own become a text that names them.
 *
 * @throws RangeError if it is larger than any answer can be
 */
export function plainOf(value: unknown, depth = 0): Plain {
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
    case 'number':
    case 'bigint':
      return value;
    case 'string':
      return value.slice(0, MAX_CHARACTERS);
    case 'object':
      return value === null ? null : plainOfObject(value, depth);
    default:
      return { [ODD]: `a ${typeof value}` };
  }
}

function plainOfObject(value: object, depth: number): Plain {
  if (value instanceof ArrayBuffer) return bytesOfView(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) {
    if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) return bytesOfView(value);
    return { [ODD]: `a ${nameOf(value)}` };
  }
  if (depth === MAX_DEPTH) return { [ODD]: 'an object inside too many others' };
  if (Array.isArray(value)) {
    if (value.length > MAX_ITEMS) throw new RangeError(`it is an array of ${value.length} items`);
    return Array.from(value, (item) => plainOf(item, depth + 1));
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return { [ODD]: `a ${nameOf(value)}` };
  const names = Object.keys(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(names.map((name) => [name, plainOf((value as Record<string, unknown>)[name], depth + 1)]));
}

function bytesOfView(bytes: Uint8Array | Uint8ClampedArray): Uint8Array {
  if (bytes.length > MAX_BYTES) throw new RangeError(`it has ${bytes.length} bytes`);
  return Uint8Array.from(bytes);
}

function nameOf(value: object): string {
  return value.constructor?.name || 'object';
}
