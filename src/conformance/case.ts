import type { SentItem } from './frames.ts';
import type { OpeningRequest } from './opening-request.ts';
import type { Payload } from './payload.ts';

/** One requirement put to a server that echoes: what to send, and what has to come back. */
export interface ConformanceCase {
  /** Section and name, such as `5.5-ping-of-126`: it never changes, so that results can be compared. */
  readonly id: string;
  readonly title: string;
  /** Of RFC 6455, such as `5.5`; of another RFC it is written out. */
  readonly section: string;
  /** The name of the rule that the bytes break, where they break one. */
  readonly rule?: string;
  /** What the server is held to, in one sentence. */
  readonly requirement: string;
  /** The number of the same case in the Autobahn test suite, where it has one. */
  readonly autobahn?: string;
  /** True where the case moves megabytes or many messages. */
  readonly heavy: boolean;
  readonly opening: OpeningRequest;
  /** Empty where the case is about the opening handshake alone. */
  readonly steps: readonly Step[];
  readonly expectation: Expectation;
}

/** One thing that the client does. A case's steps are numbered from 0; the opening handshake is before them. */
export type Step = SendStep | ExchangeStep | AwaitStep | QuietStep | AwaitEndStep;

/** Into which pieces bytes are cut on their way: one write, one write a frame, or one write every so many bytes. */
export type Cut = 'whole' | 'frame-wise' | number;

/** Sends frames, or bytes that are no whole frames. */
export interface SendStep {
  readonly type: 'send';
  readonly items: readonly SentItem[];
  readonly cut: Cut;
  /** Only these bytes of the items; half-open, to the end where `end` is missing. */
  readonly slice?: { readonly start: number; readonly end?: number };
}

/** Sends one item and waits for what answers it, so many times. */
export interface ExchangeStep {
  readonly type: 'exchange';
  readonly item: SentItem;
  readonly times: number;
}

/** Waits until so many messages and pongs have come since the case began. */
export interface AwaitStep {
  readonly type: 'await';
  readonly received: number;
}

/** Waits, and nothing may come: the server has no reason to say or end anything. */
export interface QuietStep {
  readonly type: 'quiet';
  readonly durationMs: number;
}

/** Waits for the server to end the connection; the next step is taken where it has not done so in time. */
export interface AwaitEndStep {
  readonly type: 'awaitEnd';
  readonly durationMs: number;
}

/** What has to come back. */
export type Expectation = RefusalExpectation | FailureExpectation | ClosingExpectation;

/** The opening handshake is refused. RFC 6455 §4.2.1. */
export interface RefusalExpectation {
  readonly type: 'refusal';
  readonly httpStatus: number;
  readonly headers: readonly RefusalHeader[];
  /** True where a server may also let the request pass. */
  readonly mayOpen: boolean;
  /** True if opening the connection is as right as refusing it. */
  readonly eitherIsRight?: boolean;
  /** True where the request is no opening handshake at all: a server may answer it as any other GET. RFC 9110 §7.8. */
  readonly mayServe: boolean;
}

/** A header that a refusal has to carry. */
export interface RefusalHeader {
  readonly name: string;
  /** It lists this token. */
  readonly token: string;
  /** The section that demands it. */
  readonly section: string;
  /** True where it is needed whatever the status; else only with the expected one. */
  readonly always: boolean;
}

/** The server fails the connection: a close frame with this code, then the end of TCP. RFC 6455 §7.1.7. */
export interface FailureExpectation {
  readonly type: 'failure';
  /** What has to come before. */
  readonly received: readonly ExpectedItem[];
  readonly closeCode: number;
  /** Other codes that the RFC allows. */
  readonly allowedCodes: readonly number[];
  /** The step in which the server can first know, and has to act; a later one is late, but allowed. */
  readonly byStep?: number;
  /** There where the RFC binds the sender alone: what a server answers that does not look. */
  readonly ifTaken?: Taken;
  /** A rule that the server may break itself, by sending back what it got. */
  readonly excused?: string;
}

/** What comes back from a server that takes what breaks a rule for right. */
export interface Taken {
  readonly received: readonly ExpectedItem[];
  /** There where what is taken is a close frame. */
  readonly closeCode?: number;
}

/** The server answers the client's close frame, then ends TCP. RFC 6455 §5.5.1, §7.1.1. */
export interface ClosingExpectation {
  readonly type: 'closing';
  /** What has to come before. */
  readonly received: readonly ExpectedItem[];
  /** 1005 for a close frame without a body. */
  readonly closeCode: number;
  readonly allowedCodes: readonly number[];
  readonly leeway: Leeway;
}

/** What else a server may do where nothing is wrong. */
export interface Leeway {
  /** The codes with which it may decline what is sent, as too much for it. RFC 6455 §10.4. */
  readonly declinedWith?: readonly number[];
  /** It may answer only the latest of several pings. RFC 6455 §5.5.3. */
  readonly latestPongSuffices?: boolean;
  /** It may answer the close frame before it has sent back what came in front of it. */
  readonly mayDrop?: boolean;
  /** It may refuse the request: the RFC does not say that every server has to know this form. */
  readonly mayRefuse?: boolean;
}

/** A message or a pong, once or several times in a row. */
export interface ExpectedItem {
  /** Text, binary or pong. */
  readonly opcode: number;
  readonly payload: Payload;
  readonly times?: number;
}
