import { countBytes } from '../../text/count.ts';
import { escapeText, shorten } from '../../text/escape-text.ts';
import type { BroadcastEvent, Member } from './events.ts';

/** One message, from its sender to everybody who got it. */
export interface Delivery {
  readonly id: number;
  /** Undefined if it came from another tab or program. */
  readonly sender: string | undefined;
  readonly text: string;
  /** In hex: frames and events of one message are matched by it. */
  readonly payload: string;
  /** The frame that the server has read, in hex; undefined if it was not seen here. */
  readonly read: string | undefined;
  /** The frames that the server has written, in hex, and to whom. */
  readonly written: readonly { readonly name: string; readonly hex: string }[];
  /** Whose onmessage was called. */
  readonly heard: readonly string[];
}

export interface BroadcastState {
  readonly members: readonly Member[];
  /** The newest first. */
  readonly deliveries: readonly Delivery[];
  readonly shown: 'example' | 'run';
}

export type BroadcastAction =
  | { readonly type: 'happened'; readonly events: readonly BroadcastEvent[] }
  /** Other members take the place of those that were there. */
  | { readonly type: 'start'; readonly members: readonly Member[] };

const MAX_DELIVERIES = 4;
export const MAX_MEMBERS = 6;

/** The members as a figure begins: three of one companion, or two of each. */
export function firstMembers(companions: 1 | 2): readonly Member[] {
  return companions === 1
    ? ['A', 'B', 'C'].map((name) => ({ name, server: 0 }))
    : ['A', 'B', 'C', 'D'].map((name, i) => ({ name, server: i < 2 ? 0 : 1 }));
}

export function initialBroadcast(members: readonly Member[], example: readonly BroadcastEvent[]): BroadcastState {
  return { ...happened({ members, deliveries: [], shown: 'run' }, example), shown: 'example' };
}

export function reduceBroadcast(state: BroadcastState, action: BroadcastAction): BroadcastState {
  if (action.type === 'start') return { members: action.members, deliveries: [], shown: 'run' };
  const isOwn = action.events.some(({ type }) => type !== 'joined' && type !== 'left');
  const before = state.shown === 'example' && isOwn ? { ...state, deliveries: [], shown: 'run' as const } : state;
  return happened(before, action.events);
}

function happened(state: BroadcastState, events: readonly BroadcastEvent[]): BroadcastState {
  return events.reduce(take, state);
}

function take(state: BroadcastState, event: BroadcastEvent): BroadcastState {
  const { members } = state;
  switch (event.type) {
    case 'joined': {
      const others = members.filter(({ name }) => name !== event.member.name);
      return { ...state, members: [...others, event.member].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
    }
    case 'left':
      return { ...state, members: members.filter(({ name }) => name !== event.name) };
    case 'said':
      return begin(state, { sender: event.name, payload: event.payload, text: event.text });
    case 'in':
      return change(
        state,
        event.payload,
        ({ sender, read }) => sender === event.name && read === undefined,
        () => ({ read: event.hex }),
      );
    case 'out':
      return change(
        state,
        event.payload,
        ({ written }) => written.every(({ name }) => name !== event.name),
        ({ written }) => ({ written: [...written, { name: event.name, hex: event.hex }] }),
      );
    case 'heard':
      return change(
        state,
        event.payload,
        ({ heard }) => !heard.includes(event.name),
        ({ heard }) => ({ heard: [...heard, event.name], text: event.text }),
      );
  }
}

function begin(state: BroadcastState, known: Pick<Delivery, 'sender' | 'payload' | 'text'>): BroadcastState {
  const id = (state.deliveries[0]?.id ?? 0) + 1;
  const delivery: Delivery = { ...known, id, read: undefined, written: [], heard: [] };
  return { ...state, deliveries: [delivery, ...state.deliveries].slice(0, MAX_DELIVERIES) };
}

/** Changes the oldest message that the event can belong to. If there is none, the message came from elsewhere. */
function change(
  state: BroadcastState,
  payload: string,
  canBe: (delivery: Delivery) => boolean,
  changed: (delivery: Delivery) => Partial<Delivery>,
): BroadcastState {
  const index = state.deliveries.findLastIndex((each) => each.payload === payload && canBe(each));
  if (index < 0) {
    const begun = begin(state, { sender: undefined, payload, text: '' });
    return change(begun, payload, () => true, changed);
  }
  const deliveries = state.deliveries.map((each, i) => (i === index ? { ...each, ...changed(each) } : each));
  return { ...state, deliveries };
}

/** Bytes of a frame that belong to one field. */
export interface FramePart {
  readonly field: 'opcode' | 'payload-length' | 'masking-key' | 'payload-data';
  readonly hex: string;
}

export interface DeliveryView {
  readonly id: number;
  readonly title: string;
  readonly read: FrameRow | undefined;
  readonly written: readonly FrameRow[];
  readonly heard: string;
  readonly missing: readonly string[];
}

export interface FrameRow {
  readonly words: string;
  readonly parts: readonly FramePart[];
}

/** As many bytes as fit into a row. */
const MAX_SHOWN_BYTES = 24;
const MAX_SHOWN_CHARACTERS = 60;

export function presentDelivery(delivery: Delivery, members: readonly Member[]): DeliveryView {
  const { id, sender, text, read, written, heard } = delivery;
  const said = shorten(escapeText(text), MAX_SHOWN_CHARACTERS);
  const frames = [...new Set(written.map(({ hex }) => hex))];
  return {
    id,
    title: `${sender ?? 'Another tab or program'}: ${said === '' ? '(no text)' : said}`,
    read:
      read === undefined ? undefined : { words: `${sender} → server, masked, ${lengthOf(read)}`, parts: partsOf(read) },
    written: frames.map((hex) => {
      const names = written
        .filter((each) => each.hex === hex)
        .map(({ name }) => name)
        .toSorted();
      const count = names.length === 1 ? 'one frame' : `${names.length} equal frames`;
      return { words: `server → ${names.join(', ')}: ${count}, ${lengthOf(hex)} each`, parts: partsOf(hex) };
    }),
    heard: heard.toSorted().join(', '),
    missing: members.filter(({ name }) => !heard.includes(name)).map(({ name }) => name),
  };
}

/** What the newest message shows, in one or two sentences. */
export function summarizeBroadcast({ deliveries, members }: BroadcastState): string {
  const [newest] = deliveries;
  if (newest === undefined) return 'Say something.';
  const { read, written, heard } = newest;
  const frames = new Set(written.map(({ hex }) => hex));
  const counted = members.filter(({ name }) => heard.includes(name)).length;
  return [
    ...(read === undefined ? [] : ['One masked frame in.']),
    ...(written.length === 0
      ? []
      : [
          written.length === 1
            ? 'One unmasked frame out.'
            : frames.size === 1
              ? `${written.length} unmasked frames out, byte for byte the same: encoded once.`
              : `${written.length} frames out, in ${frames.size} forms.`,
        ]),
    `${counted} of ${members.length} members heard it.`,
  ].join(' ');
}

function lengthOf(hex: string): string {
  return countBytes(hex.length / 2);
}

/** Cuts a frame's hex at the fields of its header. RFC 6455 §5.2. */
export function partsOf(hex: string): FramePart[] {
  const second = Number.parseInt(hex.slice(2, 4), 16);
  const length = second & 0x7f;
  const keyAt = 4 + (length === 127 ? 16 : length === 126 ? 4 : 0);
  const payloadAt = keyAt + (second >= 0x80 ? 8 : 0);
  const shown = hex.slice(0, MAX_SHOWN_BYTES * 2);
  const more = shown.length < hex.length ? ' …' : '';
  const cut = (field: FramePart['field'], start: number, end: number): FramePart => ({
    field,
    hex: shown.slice(start, end).replace(/..(?=.)/g, '$& '),
  });
  const parts = [
    cut('opcode', 0, 2),
    cut('payload-length', 2, keyAt),
    cut('masking-key', keyAt, payloadAt),
    cut('payload-data', payloadAt, shown.length),
  ].filter((part) => part.hex !== '');
  return parts.map((part, i) => (i === parts.length - 1 ? { ...part, hex: part.hex + more } : part));
}
