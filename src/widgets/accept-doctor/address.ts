import { readHashParameters, writeHashParameters } from '../base/address/hash-parameters.ts';
import type { Pasted } from './model.ts';

/** Reads `#key=…&accept=…`; undefined if the address holds no answer. */
export function pastedOfHash(hash: string): Pasted | undefined {
  const parameters = readHashParameters(hash);
  const answer = parameters.get('accept');
  return answer === null ? undefined : { key: parameters.get('key') ?? '', answer };
}

/** The address's hash with key and answer in it. */
export function hashWithPasted(hash: string, { key, answer }: Pasted): string {
  return writeHashParameters(hash, { key, accept: answer });
}
