import type { Sender } from '../base/address/decode-address.ts';
import type { DecodeAction } from './model.ts';
import type { NamedBlob } from './reading/read-file.ts';

/** What the page asks of the worker: to read files, or to do what the reader did. */
export type DecodeOrder =
  | { readonly type: 'file'; readonly files: readonly NamedBlob[]; readonly sender: Sender }
  /** Lists only what passes these words; everything, if there are none. */
  | { readonly type: 'filter'; readonly words: string }
  | Exclude<DecodeAction, { type: 'filter' }>;

/** The actions that change only what is shown of the decoded bytes. */
export type ShowAction = Extract<
  DecodeOrder,
  { type: 'open' | 'openRow' | 'filter' | 'unfold' | 'openBroken' | 'list' | 'readCompressed' | 'connection' }
>;
