import type { Limits } from '../../../protocol/limits.ts';

/** The end that sent the bytes; with `either`, each frame's MASK bit decides. */
export type Sender = 'client' | 'server' | 'either';

/** The bytes to decode, as an address names them. */
export interface DecodeRequest {
  /** Hex in any format that `parseHex` reads. */
  readonly text: string;
  readonly sender: Sender;
  /** The receiver's limits, for bytes that break a rule only because they exceed one. */
  readonly limits: Partial<Limits>;
  /** Whether messages with RSV1 are read as compressed, though no handshake here says so. */
  readonly readsCompressed?: boolean;
}

/** Longer texts stay out of the address: servers and chat programs cut long addresses. */
export const MAX_LINKED_CHARACTERS = 2048;

const LIMIT_NAMES = ['maxMessageBytes', 'maxFragments'] as const satisfies readonly (keyof Limits)[];

/** `#from=client&f=818537fa…`; undefined if the text is too long for an address. */
export function formatDecodeHash({ text, sender, limits, readsCompressed }: DecodeRequest): string | undefined {
  if (text.length > MAX_LINKED_CHARACTERS) return undefined;
  const parameters = new URLSearchParams();
  if (sender !== 'either') parameters.set('from', sender);
  for (const name of LIMIT_NAMES) if (limits[name] !== undefined) parameters.set(name, String(limits[name]));
  if (readsCompressed) parameters.set('deflate', 'yes');
  parameters.set('f', text);
  return `#${parameters}`;
}

/** Reads such a hash, whoever wrote it; undefined if it has no bytes. */
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
    ...(parameters.get('deflate') === 'yes' && { readsCompressed: true }),
  };
}
