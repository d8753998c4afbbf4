import { formatHex } from '../../bytes/hex.ts';
import { parseHex } from '../../inspector/hex/parse-hex.ts';
import { readMaskedFrame } from './masked-frame.ts';
import { initialXorLane, reduceXorLane, type XorLaneState } from './model.ts';

/** A state that an address names, or why it names none. */
export type LinkedLane = { readonly state: XorLaneState } | { readonly problem: string };

/**
 * Reads `xor=8185…&xor-key=37fa213d&xor-at=2&xor-cut=3&xor-count=read`, which anybody may have written.
 *
 * @returns undefined where the address holds no frame for this figure
 */
export function laneOfParameters(parameters: URLSearchParams): LinkedLane | undefined {
  const hex = parameters.get('xor');
  if (hex === null) return undefined;
  const parsed = parseHex(hex);
  if ('problem' in parsed) return { problem: `The address names a frame, but ${parsed.problem.sentence}` };
  const frame = readMaskedFrame(parsed.bytes);
  if ('problem' in frame) return { problem: `The address names a frame. ${frame.problem}` };
  const number = (name: string) => Number(parameters.get(name) ?? 0);
  let state = initialXorLane(frame, 'address');
  const key = parameters.get('xor-key');
  if (key !== null) state = reduceXorLane(state, { type: 'typeKey', typed: key });
  if (parameters.has('xor-at')) state = reduceXorLane(state, { type: 'go', at: number('xor-at') });
  state = reduceXorLane(state, { type: 'cut', cut: number('xor-cut') });
  const counting = parameters.get('xor-count') === 'read' ? 'read' : 'payload';
  return { state: reduceXorLane(state, { type: 'counting', counting }) };
}

/** What the address says of the lane. */
export function parametersOfLane(state: XorLaneState): Readonly<Record<string, string>> {
  return { xor: formatHex(state.frame.bytes), 'xor-key': formatHex(state.key), ...placesOfLane(state) };
}

/** The part of it that is about no bytes. */
export function placesOfLane({ at, cut, counting }: XorLaneState): Readonly<Record<string, string>> {
  return { 'xor-at': String(at), 'xor-cut': String(cut), 'xor-count': counting };
}
