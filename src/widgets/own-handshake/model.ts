import { sayIgnored } from '../base/address/say-ignored.ts';
import type { Link } from '../base/link/link.ts';
import type { SourceEvent } from '../base/source/source.ts';
import type { HeadDirection, OwnLine } from './own-lines.ts';

/** The heads of one opening handshake, in hex; undefined if one has not arrived. */
export type Heads = Readonly<Record<HeadDirection, string | undefined>>;

export interface OwnHandshakeState {
  readonly link: Link;
  readonly heads: Heads;
  /** The heads of the last handshake, to compare with. */
  readonly before: Heads | undefined;
  /** How many handshakes were seen on the wire; 0 while the example is shown. */
  readonly count: number;
  /** The line that is open, by its id. */
  readonly opened: string | undefined;
}

export type OwnHandshakeAction =
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'happened'; readonly events: readonly SourceEvent[] }
  | { readonly type: 'open'; readonly id: string | undefined };

/** In the address: all lines are closed. */
export const NO_LINE = 'none';

export const FIRST_OPENED = 'request.sec-websocket-key';

export function initialOwnHandshake(example: Heads): OwnHandshakeState {
  return { link: { state: 'example' }, heads: example, before: undefined, count: 0, opened: FIRST_OPENED };
}

export function reduceOwnHandshake(state: OwnHandshakeState, action: OwnHandshakeAction): OwnHandshakeState {
  switch (action.type) {
    case 'link':
      return { ...state, link: action.link };
    case 'happened':
      return action.events.reduce(take, state);
    case 'open':
      return { ...state, opened: action.id };
  }
}

/** A request begins a new handshake. The example does not count as the one before. */
function take(state: OwnHandshakeState, event: SourceEvent): OwnHandshakeState {
  if (event.type !== 'wire' || event.message.type !== 'handshake') return state;
  const { direction, hex } = event.message;
  if (direction === 'out') return { ...state, heads: { ...state.heads, response: hex } };
  const before = state.count === 0 ? undefined : state.heads;
  return { ...state, heads: { request: hex, response: undefined }, before, count: state.count + 1 };
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** The line to which a key leads; undefined for other keys. */
export function lineAfterKey(lines: readonly OwnLine[], from: string, key: string): string | undefined {
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === from),
  );
  const to = STEPS[key]?.(at, lines.length - 1);
  return to === undefined ? undefined : lines[to]?.id;
}

/** Says that the line which an address opens is not there, once both heads are; else empty. */
export function sayUnknown(opened: string | undefined, lines: readonly OwnLine[]): string {
  const whole = lines.some(({ id }) => id.startsWith('response.'));
  if (opened === undefined || !whole) return '';
  return sayIgnored(new URLSearchParams({ line: opened }), {
    line: opened === NO_LINE || lines.some(({ id }) => id === opened) ? opened : '',
  });
}

/** Says what has changed since the last handshake; empty if there is nothing to compare. */
export function sayChanges(lines: readonly OwnLine[], before: Heads | undefined): string {
  if (before === undefined || lines.every(({ id }) => !id.startsWith('response.'))) return '';
  const changed = lines.filter((line) => line.before !== undefined).map(({ name, value }) => name || value);
  return changed.length === 0
    ? 'Nothing has changed since the last handshake. Each connection needs a new key.'
    : `Changed since the last handshake: ${changed.join(', ')}. Everything else is the same.`;
}
