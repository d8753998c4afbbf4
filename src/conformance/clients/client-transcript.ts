import type { RequestHead } from '../../protocol/handshake/head/head.ts';
import type { Transcript } from '../transcript.ts';

/** Everything that a client did in one case, in order. Times are in milliseconds since TCP was accepted. */
export interface ClientTranscript
  extends Pick<
    Transcript,
    'extensions' | 'received' | 'frameFault' | 'close' | 'end' | 'hungUpAfter' | 'byteLength' | 'firstBytes'
  > {
  readonly request: RequestHead;
  /** What is wrong with the request, as a sentence; undefined if a server accepts it. */
  readonly requestFault: string | undefined;
  /** Why the case does not apply to this client, as a sentence: it has not offered what the case is about. */
  readonly notApplicable: string | undefined;
  /** The masking keys of its first frames, in order; at most {@link MAX_MASKING_KEYS}. */
  readonly maskingKeys: readonly number[];
  /** How the frames of its data messages were cut: the payload lengths of the first ones. */
  readonly frameLengths: readonly number[];
}

/** The number of masking keys and frame lengths that are kept. */
export const MAX_MASKING_KEYS = 64;

/** What other connections of the same client showed. */
export interface EarlierConnections {
  /** The key of each request, by the case that it opened. */
  readonly keys: ReadonlyMap<string, string>;
  /** The masking key of the first frame on each connection. */
  readonly firstMaskingKeys: ReadonlySet<number>;
}
