import type { ExtensionStep } from '../messages/extension-step.ts';
import type { MessageEncoder } from './extension.ts';

/**
 * The extensions that a server accepts. RFC 6455 §9.1. An endpoint gets it as an option: one that negotiates nothing loads no
 * code for extensions.
 */
export interface ServerExtensions {
  /**
   * @param offered the elements of the request's Sec-WebSocket-Extensions, in the client's order
   * @returns undefined if none is accepted
   */
  accept(offered: readonly string[]): NegotiatedExtensions | undefined;
}

/** The extensions that a client offers. RFC 6455 §9.1. */
export interface ClientExtensions {
  /** The value of Sec-WebSocket-Extensions in the request. */
  readonly offer: string;
  /**
   * Checks the answer. The client fails the connection if there is a problem.
   *
   * @param answered the elements of the response's Sec-WebSocket-Extensions; at least one
   * @returns the problem as a sentence, if the answer does not fit the offer
   */
  check(answered: readonly string[]): NegotiatedExtensions | { readonly problem: string };
}

/** What both ends agreed on, as one end uses it. */
export interface NegotiatedExtensions {
  /** The value of Sec-WebSocket-Extensions in the response. */
  readonly answer: string;
  /** Creates the step of one connection's receiver that undoes what the extensions did to a message. */
  createStep(maxMessageBytes: number): ExtensionStep;
  /** Creates the encoder of one connection's sender. */
  createEncoder(): MessageEncoder;
}
