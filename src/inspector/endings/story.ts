import type { RequestHead, ResponseHead } from '../../protocol/handshake/head/head.ts';
import type { Violation } from '../../protocol/violation.ts';

export type Side = 'client' | 'server';

/** The other end of the connection. */
export const otherSide = (side: Side): Side => (side === 'client' ? 'server' : 'client');

/** One close frame. RFC 6455 §5.5.1. */
export interface SentClose {
  /** Undefined if the body is empty. */
  readonly statusCode: number | undefined;
  readonly reason: string;
}

/** A broken rule, and when. */
export interface SentViolation extends Violation {
  /** The first bytes of the frame that breaks it. */
  readonly hex: string;
  readonly timeMs: number;
}

/** What one side did. */
export interface SideStory {
  /** Every byte, with the heads; undefined time: it sent none. */
  readonly byteLength: number;
  readonly firstByteMs: number | undefined;
  readonly lastByteMs: number | undefined;
  /** Complete frames of any kind, and the data frames among them. */
  readonly frames: number;
  readonly dataFrames: number;
  /** The first two close frames; `closeCount` counts all. */
  readonly closes: readonly SentClose[];
  readonly closeCount: number;
  /** The first broken rule that decides over the connection. */
  readonly violation: SentViolation | undefined;
  /** Frames of any kind after its own close frame, without further close frames. */
  readonly framesAfterClose: number;
  /** In bytes on the wire, and only what its frames say. */
  readonly longestMessage: number;
  /** The oldest ping of this side that the other side has not answered. */
  readonly unansweredPing: { readonly timeMs: number; readonly count: number } | undefined;
  /** A frame that the side began and did not finish. */
  readonly cutFrame: { readonly claimedBytes: number; readonly sentBytes: number } | undefined;
  /** Whether the last message of this side lacks its final fragment. */
  readonly insideMessage: boolean;
}

/** The head of one side. */
export type ReadHead<T> =
  | { readonly kind: 'none' }
  /** A head that can be read. */
  | { readonly kind: 'head'; readonly head: T }
  /** Bytes that are not the head that was expected, or only a part of it. */
  | { readonly kind: 'other'; readonly bytes: Uint8Array; readonly problem: string };

/** A close frame, or the end of TCP in one direction. */
export interface Step {
  readonly kind: 'close' | 'FIN' | 'RST' | 'TCP';
  /** Undefined if the recording does not say whose end it was. */
  readonly side: Side | undefined;
  /** Undefined if the recording has no times. */
  readonly timeMs: number | undefined;
}

/** Everything about one connection that a cause is told from. Its size does not grow with the connection. */
export interface Story {
  readonly client: SideStory;
  readonly server: SideStory;
  readonly request: ReadHead<RequestHead>;
  readonly response: ReadHead<ResponseHead>;
  /** Whether frames could be sent: a 101 was seen, or frames without any head. */
  readonly opened: boolean;
  /** When the head of the response was complete. */
  readonly openedMs: number | undefined;
  /** Close frames and ends of TCP in the order in which they happened, the first eight. */
  readonly steps: readonly Step[];
  /** Milliseconds without a byte before the first step. */
  readonly idleMs: number | undefined;
  /** Whether TCP has ended. */
  readonly ended: boolean;
  /** Whether nothing is missing: if not, no conclusion is drawn from what was not seen. */
  readonly whole: boolean;
  /** Whether both sides agreed on permessage-deflate. */
  readonly compressed: boolean;
  /** Whether these are bytes that somebody copied: that no end is among them says nothing. */
  readonly isExcerpt: boolean;
  /** Whether the recording holds whole messages, so that frames and close frames could not be seen. */
  readonly messagesOnly: boolean;
}

/** The first close frame of the connection, and who sent it. */
export function firstClose({ steps, client, server }: Story): (SentClose & { readonly side: Side }) | undefined {
  const side = steps.find(({ kind }) => kind === 'close')?.side;
  if (side === undefined) return undefined;
  const [close] = (side === 'client' ? client : server).closes;
  return close && { ...close, side };
}

/** The first end of TCP. */
export function firstTcpEnd({ steps }: Story): Step | undefined {
  return steps.find(({ kind }) => kind !== 'close');
}
