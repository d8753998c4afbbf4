import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import { EXAMPLE_LANE, type LaneState, withBytes } from './model.ts';

const HEX = /^(?:[0-9a-f]{2})*$/;

/** Reads `utf8=61c3bc&utf8-cut=2&utf8-by=read`; undefined where the address holds no bytes for the lane. */
export function laneOfParameters(parameters: URLSearchParams): LaneState | undefined {
  const hex = parameters.get('utf8');
  if (hex === null) return undefined;
  if (!HEX.test(hex)) {
    const problem = 'The address names bytes for this figure, but not in hex, two digits a byte.';
    return { ...EXAMPLE_LANE, typed: hex, problem };
  }
  const cutBy = parameters.get('utf8-by') === 'read' ? 'read' : 'fragment';
  return withBytes(bytesOfHex(hex), Number(parameters.get('utf8-cut') ?? 0), cutBy);
}

/** What the address says of the lane. */
export function parametersOfLane({ bytes, cut, cutBy }: LaneState): Readonly<Record<string, string>> {
  return { utf8: formatHex(bytes), 'utf8-cut': String(cut), 'utf8-by': cutBy };
}
