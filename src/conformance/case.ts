import type { SentItem } from './frames.ts';
import type { OpeningRequest } from './opening-request.ts';
import type { Payload } from './payload.ts';

/** One test of a server that echoes: what to send, and what should come back. */
export interface ConformanceCase {
  /** Section and name, such as `5.5-ping-of-126`. It never changes, so that results can be compared. */
  readonly id: string;
  readonly title: string;
  /** Of RFC 6455, such as `5.5`; a section of another RFC is written out. */
  readonly section: string;
  /** The name of the rule that the bytes break, if they break one. */
  readonly rule?: string;
  /** What the server must do, in one sentence. */
  readonly requirement: string;
  /** The number of the same case in the Autobahn test suite, if it has one. */
  readonly autobahn?: string;
  /** True if the case moves megabytes or many messages. */
  readonly heavy: boolean;
  readonly opening: OpeningRequest;
  /** Present if the server must have accepted permessage-deflate; `context`: and lets its client keep context. RFC 7692. */
  readonly needs?: 'deflate' | 'context';
  /** Empty if the case is about the opening handshake alone. */
  readonly steps: readonly Step[];
  readonly expectation: Expectation;
}

/** One thing that the client does. Steps are numbered from 0; the opening handshake comes before them. */
export type Step = SendStep | ExchangeStep | AwaitStep | QuietStep | AwaitEndStep;

/** How bytes are cut into writes: all in one, one for each frame, or one for every N bytes. */
export type Cut = 'whole' | 'frame-wise' | number;

/** Sends frames, or bytes that are not whole frames. */
export interface SendStep {
  readonly type: 'send';
  readonly items: readonly SentItem[];
  readonly cut: Cut;
  /** Only these bytes of the items; half-open. Without `end`, to the end. */
  readonly slice?: { readonly start: number; readonly end?: number };
}

/** Sends one item and waits for its answer, several times. */
export interface ExchangeStep {
  readonly type: 'exchange';
  readonly item: SentItem;
  readonly times: number;
}

/** Waits until this many messages and pongs have come since the case began. */
export interface AwaitStep {
  readonly type: 'await';
  readonly received: number;
}

/** Waits. Nothing may come: the server has no reason to send anything or to hang up. */
export interface QuietStep {
  readonly type: 'quiet';
  readonly durationMs: number;
}

/** Waits for the server to end the connection. If it does not, the client goes on with the next step. */
export interface AwaitEndStep {
  readonly type: 'awaitEnd';
  readonly durationMs: number;
}

/** What should come back. */
export type Expectation = OpeningExpectation | RefusalExpectation | FailureExpectation | ClosingExpectation;

/** Only the opening handshake counts, and perhaps only a part of it: for a server that is still being built. */
export interface OpeningExpectation {
  readonly type: 'opening';
  /** `answer`: any HTTP response. `upgrade`: a 101 with its Upgrade and Connection headers. `accept`: a correct 101. */
  readonly until: 'answer' | 'upgrade' | 'accept';
  /** Why the server may refuse the request, as a sentence; undefined if it must not. */
  readonly mayRefuse: string | undefined;
  /** Always empty: no frame is sent, so no message comes back. */
  readonly received: readonly [];
}

/** The server refuses the opening handshake. RFC 6455 §4.2.1. */
export interface RefusalExpectation {
  readonly type: 'refusal';
  readonly httpStatus: number;
  readonly headers: readonly RefusalHeader[];
  /** Why a server may also open the connection, as a sentence; undefined if it must not. */
  readonly mayOpen: string | undefined;
  /** True if opening is as good an answer as refusing. */
  readonly opensAsWell: boolean;
  /** True if the request does not ask for a WebSocket: a server may answer it like any other GET. RFC 9110 §7.8. */
  readonly mayServe: boolean;
}

/** A header that a refusal must have. */
export interface RefusalHeader {
  readonly name: string;
  /** A token that it must list. */
  readonly token: string;
  /** The section that requires it. */
  readonly section: string;
  /** True if every status needs it; else only the expected one does. */
  readonly always: boolean;
}

/** The server fails the connection: it sends a close frame with this code and ends TCP. RFC 6455 §7.1.7. */
export interface FailureExpectation {
  readonly type: 'failure';
  /** What should come first. */
  readonly received: readonly ExpectedItem[];
  readonly closeCode: number;
  /** Other codes that the RFC permits. */
  readonly allowedCodes: readonly number[];
  /** The first step in which the server can notice. A later reaction is late, but allowed. */
  readonly byStep?: number;
  /** Present if the rule binds the sender alone: the answer of a server that does not check it. */
  readonly ifTaken?: Taken;
  /** A rule that the server may break itself by echoing what it received. */
  readonly excused?: string;
}

/** What comes back from a server that accepts what breaks a rule. */
export interface Taken {
  readonly received: readonly ExpectedItem[];
  /** Present if the accepted frame is a close frame. */
  readonly closeCode?: number;
}

/** The server answers the client's close frame and ends TCP. RFC 6455 §5.5.1, §7.1.1. */
export interface ClosingExpectation {
  readonly type: 'closing';
  /** What should come first. */
  readonly received: readonly ExpectedItem[];
  /** 1005 for a close frame without a body. */
  readonly closeCode: number;
  readonly allowedCodes: readonly number[];
  readonly leeway: Leeway;
}

/** What else a server may do if nothing is wrong. */
export interface Leeway {
  /** The codes with which it may reject the message as too big. RFC 6455 §10.4. */
  readonly declinedWith?: readonly number[];
  /** It may answer only the latest of several pings. RFC 6455 §5.5.3. */
  readonly latestPongSuffices?: boolean;
  /** It may answer the close frame before it has echoed the messages that came earlier. */
  readonly mayDrop?: boolean;
  /** Why it may refuse the request, as a sentence. Without it, it must not. */
  readonly mayRefuse?: string;
  /** The case ends before the close frame: for a server that is still being built and answers none yet. */
  readonly staysOpen?: boolean;
}

/** A message or a pong, expected once or several times in a row. */
export interface ExpectedItem {
  /** Text, binary or pong. */
  readonly opcode: number;
  readonly payload: Payload;
  readonly times?: number;
}
