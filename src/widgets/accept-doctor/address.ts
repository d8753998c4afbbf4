import type { Pasted } from './model.ts';

/** Reads `#key=…&accept=…`; undefined where the address holds no answer. */
export function pastedOfHash(hash: string): Pasted | undefined {
  const parameters = readParameters(hash);
  const answer = parameters.get('accept');
  return answer === null ? undefined : { key: parameters.get('key') ?? '', answer };
}

/** The address's hash with key and answer in it; what else it holds stays. */
export function hashWithPasted(hash: string, { key, answer }: Pasted): string {
  const parameters = readParameters(hash);
  parameters.set('key', key);
  parameters.set('accept', answer);
  // A space is written as %20, so that a plus sign is never one.
  return `#${String(parameters).replaceAll('+', '%20')}`;
}

/** A hash without `=` is a heading's anchor and holds no parameters. */
function readParameters(hash: string): URLSearchParams {
  const text = hash.replace(/^#/, '');
  // A plus sign is a character of base64, and no space, in an address that was typed by hand.
  return new URLSearchParams(text.includes('=') ? text.replaceAll('+', '%2B') : '');
}
