import type { Limits } from '../../../protocol/limits.ts';

/** Who sent the bytes; with `either`, each frame's MASK bit decides. */
export type Sender = 'client' | 'server' | 'either';

/** The bytes to decode, as an address names them. */
export interface DecodeRequest {
  /** As it was typed: hex in any of the forms that are understood. */
  readonly text: string;
  readonly sender: Sender;
  /** The receiver's limits, for bytes that break a rule only because of a limit. */
  readonly limits: Partial<Limits>;
}

/** Longer texts are not put into the address: servers and chats cut long addresses. */
const MAX_LINKED_CHARACTERS = 2048;

const LIMIT_NAMES = ['maxMessageBytes', 'maxFragments'] as const satisfies readonly (keyof Limits)[];

/** `#from=client&f=818537fa…`; undefined if the text is too long for an address. */
export function formatDecodeHash({ text, sender, limits }: DecodeRequest): string | undefined {
  if (text.length > MAX_LINKED_CHARACTERS) return undefined;
  const parameters = new URLSearchParams();
  if (sender !== 'either') parameters.set('from', sender);
  for (const name of LIMIT_NAMES) if (limits[name] !== undefined) parameters.set(name, String(limits[name]));
  parameters.set('f', text);
  return `#${parameters}`;
}

/** Reads such a hash, which anybody may have written; undefined if it names no bytes. */
export function parseDecodeHash(hash: string): DecodeRequest | undefined {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const text = parameters.get('f');
  if (text === null) return undefined;
  const from = parameters.get('from');
  const limits = LIMIT_NAMES.flatMap((name) => {
    const value = parameters.get(name) ?? '';
    return /^\d{1,9}$/.test(value) ? [[name, Number(value)] as const] : [];
  });
  return {
    text,
    sender: from === 'client' || from === 'server' ? from : 'either',
    limits: Object.fromEntries(limits),
  };
}
