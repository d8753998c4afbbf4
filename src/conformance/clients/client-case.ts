import type { ClosingExpectation, ConformanceCase, Cut, FailureExpectation } from '../case.ts';

/** One test of a client: the server sends what the case says, and the client does what the RFC asks of it. */
export interface ClientCase
  extends Pick<ConformanceCase, 'id' | 'title' | 'section' | 'rule' | 'requirement' | 'autobahn' | 'heavy' | 'steps'> {
  /** What the server answers to the opening request. */
  readonly answer: OpeningAnswer;
  /** Present if the client must have offered permessage-deflate. RFC 7692. */
  readonly deflate?: DeflateTerms;
  readonly expectation: ClientExpectation;
  /** A check in addition to the expectation. */
  readonly extra?: ExtraCheck;
}

/** The server's answer to the opening request, correct or not. */
export interface OpeningAnswer {
  /**
   * The whole head with its empty line. `{accept}` stands for the right accept, `{key}` for the client's key, `{other}`
   * for the accept of another key, and so on: see {@link formatAnswer}.
   */
  readonly head: string;
  readonly cut: Cut;
  /** True to send the bytes of the first step in the same write. */
  readonly withFirstStep: boolean;
  /** True if the server ends TCP after its answer, as after an HTTP response with `Connection: close`. */
  readonly endsTcp: boolean;
}

/** How the server answers an offer of permessage-deflate. */
export interface DeflateTerms {
  readonly serverNoContextTakeover?: boolean;
  readonly clientNoContextTakeover?: boolean;
  readonly serverMaxWindowBits?: number;
  readonly clientMaxWindowBits?: number;
  /** True if the server refers to earlier messages: a client may forbid that in its offer. */
  readonly usesContext?: boolean;
}

/** What the client should do. */
export type ClientExpectation = FailureExpectation | ClosingExpectation | RejectionExpectation;

/** The client does not open the connection: it sends no frame and ends TCP. RFC 6455 §4.1. */
export interface RejectionExpectation {
  readonly type: 'rejection';
  /** Always empty. */
  readonly received: readonly [];
  /** Why a client may also open the connection, as a sentence; undefined if it must not. */
  readonly mayOpen: string | undefined;
}

/**
 * `request`: the opening request is correct. `fresh-key`: no other case had the same key. `masking-keys`: the keys are
 * fresh and unpredictable. `waits-for-end`: the client leaves the end of TCP to the server. `ends-itself`: it does not
 * wait for ever. `notices-end`: it ends TCP after the server has.
 */
export type ExtraCheck = 'request' | 'fresh-key' | 'masking-keys' | 'waits-for-end' | 'ends-itself' | 'notices-end';

/** Whether a client must echo messages to pass: if not, a client that only connects is enough. */
export function needsEcho({ expectation }: ClientCase): boolean {
  const isData = ({ opcode }: { readonly opcode: number }) => opcode < 8;
  return expectation.type !== 'rejection' && expectation.received.some(isData);
}
