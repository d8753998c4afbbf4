import type { Plain } from '../host/plain.ts';

/** Takes bytes in the forms that people write: a Uint8Array, or an array of numbers from 0 to 255. */
export function bytesOf(value: Plain): Uint8Array<ArrayBuffer> | undefined {
  if (value instanceof Uint8Array) return value as Uint8Array<ArrayBuffer>;
  if (!Array.isArray(value)) return undefined;
  const isByte = (item: Plain) => typeof item === 'number' && Number.isInteger(item) && item >= 0 && item <= 255;
  return value.every(isByte) ? Uint8Array.from(value as number[]) : undefined;
}
