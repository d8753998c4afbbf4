import type { ConformanceCase } from '../src/conformance/index.ts';
import type { Frame, FrameHeader, FramePart, RequestHead, ResponseHead } from '../src/protocol/index.ts';

/** One thing that a server does wrong; what is not there it does right. */
export interface Fault {
  readonly name: string;
  /** The cases that have to fail. */
  readonly breaks: (conformanceCase: ConformanceCase) => boolean;
  /** Further cases that have to notice, and to say that the RFC allows it. */
  readonly bends?: (conformanceCase: ConformanceCase) => boolean;
  /** Opening handshake. */
  readonly opensDespite?: (rule: string) => boolean;
  readonly hangsUp?: boolean;
  readonly needsHeadInOneRead?: boolean;
  readonly losesBytesBehindHead?: boolean;
  readonly refusesHead?: (text: string) => boolean;
  readonly response?: (response: ResponseHead, request: RequestHead) => ResponseHead;
  readonly refusal?: (response: ResponseHead) => ResponseHead;
  /** What the checks are shown instead of a frame; undefined: nothing, so that it is not checked. */
  readonly checks?: (part: FramePart) => FramePart | undefined;
  /** What becomes part of a message instead of a frame; undefined: nothing. */
  readonly takes?: (part: FramePart) => FramePart | undefined;
  /** The rules whose breach makes it skip a frame, and go on. */
  readonly ignores?: readonly string[];
  readonly oneFrameARead?: boolean;
  readonly wholeFramesOnly?: boolean;
  /** Answers. */
  readonly masks?: boolean;
  readonly echo?: (opcode: number, payload: Uint8Array) => readonly Frame[];
  readonly failsMessage?: (opcode: number, payload: Uint8Array) => number | undefined;
  readonly pong?: (payload: Uint8Array) => Uint8Array | undefined;
  readonly answersPongs?: boolean;
  /** Sends no pong while a fragmented message is under way. */
  readonly holdsPongs?: boolean;
  /** Sends an empty ping upon every read. */
  readonly pings?: boolean;
  /** The closing handshake. */
  readonly takesCloseBody?: (rule: string) => boolean;
  readonly closeAnswer?: (payload: Uint8Array) => Uint8Array | undefined;
  readonly goesOnAfterClose?: boolean;
  readonly failureCode?: (statusCode: number) => number | undefined;
  readonly keepsTcp?: boolean;
}

/** The cases whose ids begin so. */
export const byId =
  (...prefixes: readonly string[]) =>
  ({ id }: ConformanceCase) =>
    prefixes.some((prefix) => id.startsWith(prefix));
/** The cases that break these rules and have to end in a failure. */
export const byRule =
  (...rules: readonly string[]) =>
  ({ rule = '', expectation }: ConformanceCase) =>
    expectation.type === 'failure' && rules.includes(rule);
/**
 * The cases whose opening handshake our server refuses: all, those in which a server must, and those in which it need not. Those in
 * which opening is as good an answer are left out: our server opens there.
 */
export const refusals = ({ expectation }: ConformanceCase) =>
  expectation.type === 'refusal' && !expectation.opensAsWell;
export const strictRefusals = ({ expectation }: ConformanceCase) =>
  expectation.type === 'refusal' && expectation.mayOpen === undefined;
export const mildRefusals = ({ expectation }: ConformanceCase) =>
  expectation.type === 'refusal' && expectation.mayOpen !== undefined && !expectation.opensAsWell;
/** The cases whose request may also be refused. */
export const mayRefuse = ({ expectation }: ConformanceCase) =>
  expectation.type === 'closing' && expectation.leeway.mayRefuse !== undefined;
/** The cases that send frames before the response, which a server may reject. */
export const sendsTooEarly = ({ opening }: ConformanceCase) => opening.withFirstStep;
/** The light cases that end in a failure. */
export const failures = ({ expectation, heavy }: ConformanceCase) => expectation.type === 'failure' && !heavy;
/** The light cases that end with a closing handshake. */
export const closings = ({ expectation, heavy }: ConformanceCase) => expectation.type === 'closing' && !heavy;
/** The cases about requests that have to be accepted. */
export const opens = (given: ConformanceCase) =>
  /^\d[\d.]*-(opens|accept)-/.test(given.id) && !mayRefuse(given) && !sendsTooEarly(given);

/** The part with another header. */
export const withHeader = (part: FramePart, changes: Partial<FrameHeader>): FramePart => ({ ...part, ...changes });
