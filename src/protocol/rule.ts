import type { FieldName } from './field-name.ts';
import type { Limits } from './limits.ts';

/** The status codes with which an endpoint fails a connection because of what its peer sent. RFC 6455 §7.4.1. */
export type FailureCode = 1002 | 1007 | 1008 | 1009;

/** The fields that rules for frames and rules for the opening handshake share. */
interface AnyRule {
  /** Unique among all rules, in kebab-case; names the mistake. */
  readonly name: string;
  /** Of RFC 6455, such as `5.2`; a section of another RFC is written out: `RFC 9112 §5.1`. See {@link citeSection}. */
  readonly section: string;
  /** Which side can break it. */
  readonly brokenBy: 'client' | 'server' | 'either';
  /** The requirement, in one sentence. */
  readonly requirement: string;
  /** Why the rule exists, or what goes wrong without it, in one or two sentences. */
  readonly why: string;
  /** An example that breaks this rule and no other. If either side can break the rule, a client sends the example. */
  readonly example: string;
}

/**
 * A rule about what a peer sends on an open connection. The consequence of breaking it is a close frame.
 * Its example is in hex: the first bytes that the side sends after the handshake.
 */
export interface FrameRule extends AnyRule {
  /** The status code of the close frame with which the receiver fails the connection. */
  readonly statusCode: FailureCode;
  /**
   * What RFC 6455 asks of a receiver. `must`: it has to fail the connection. `may`: the rule binds the sender, and a
   * receiver may end the connection or not (§10.7); ours fails it. `limit`: each receiver sets its own limit. `ignores`:
   * a receiver reads no more bytes, so only a program that watches both sides can see that the rule is broken (§7.1.1).
   */
  readonly receiver: 'must' | 'may' | 'limit' | 'ignores';
  /** The field of the frame that breaks the rule. */
  readonly field: FieldName;
  /** The receiver's limits under which the example breaks the rule, if it depends on them. */
  readonly limits?: Partial<Limits>;
}

/**
 * A rule of the opening handshake. The consequence of breaking it is an HTTP answer, or none: a client fails the
 * connection without an answer. Its example is the text of a head.
 */
export interface HandshakeRule extends AnyRule {
  /** The status of the server's answer; undefined for a rule that only a server can break. */
  readonly httpStatus: number | undefined;
  /** The header that breaks the rule, if it is always the same one. */
  readonly headerName?: string;
}

/** One requirement on what a peer may send, with the reason for it and the consequence of breaking it. */
export type Rule = FrameRule | HandshakeRule;

/** Cites a rule's section in full: `4.2.1` becomes `RFC 6455 §4.2.1`. */
export function citeSection(section: string): string {
  return section.startsWith('RFC ') ? section : `RFC 6455 §${section}`;
}
