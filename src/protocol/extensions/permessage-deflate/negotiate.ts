import { type ExtensionElement, type ExtensionParameter, formatExtension, parseExtension } from '../extension-list.ts';
import {
  type DeflateAgreement,
  type DeflateOffer,
  MAX_WINDOW_BITS,
  type ParameterProblem,
  PERMESSAGE_DEFLATE,
  readAnswer,
  readOffer,
} from './parameters.ts';

/** What a server is ready to do with permessage-deflate. */
export interface DeflatePolicy {
  /** The server forgets its window after each message, asked or not: less memory, longer messages. */
  readonly serverNoContextTakeover?: boolean;
  /** The client must forget its own. A server may ask that of every client. RFC 7692 §7.1.1.2. */
  readonly clientNoContextTakeover?: boolean;
  /** The largest window that the server compresses with, 8 to 15. */
  readonly serverMaxWindowBits?: number;
  /** The largest window that the client may use, 8 to 15. Only a client that offers client_max_window_bits can be told. */
  readonly clientMaxWindowBits?: number;
}

/**
 * Chooses among the offers of a client: the first that RFC 7692 §7.1 allows and that the policy can meet. An offer with
 * an unknown, repeated or malformed parameter is declined, and the next one is looked at.
 *
 * @param elements of Sec-WebSocket-Extensions, in the client's order; other extensions are passed over
 * @returns undefined if no offer can be accepted: the connection then opens without the extension
 */
export function chooseOffer(elements: readonly string[], policy: DeflatePolicy = {}): DeflateAgreement | undefined {
  for (const element of elements) {
    const extension = parseExtension(element);
    if (extension?.name !== PERMESSAGE_DEFLATE) continue;
    const offer = readOffer(extension);
    if ('problem' in offer) continue;
    const agreement = agree(offer, policy);
    if (agreement !== undefined) return agreement;
  }
  return undefined;
}

function agree(offer: DeflateOffer, policy: DeflatePolicy): DeflateAgreement | undefined {
  const { serverMaxWindowBits = MAX_WINDOW_BITS, clientMaxWindowBits = MAX_WINDOW_BITS } = policy;
  // A client that does not offer the parameter must not be sent it: it may use the largest window. RFC 7692 §7.1.2.2.
  if (offer.clientMaxWindowBits === undefined && clientMaxWindowBits < MAX_WINDOW_BITS) return undefined;
  const serverBits = Math.min(serverMaxWindowBits, offer.serverMaxWindowBits ?? MAX_WINDOW_BITS);
  const clientBits = smallerWindow(offer.clientMaxWindowBits, clientMaxWindowBits);
  return {
    serverNoContextTakeover: offer.serverNoContextTakeover || policy.serverNoContextTakeover === true,
    clientNoContextTakeover: offer.clientNoContextTakeover || policy.clientNoContextTakeover === true,
    // What was asked for is always answered; a smaller window of the server's own is said as well.
    serverMaxWindowBits:
      offer.serverMaxWindowBits === undefined && serverBits === MAX_WINDOW_BITS ? undefined : serverBits,
    clientMaxWindowBits:
      clientBits === MAX_WINDOW_BITS && typeof offer.clientMaxWindowBits !== 'number' ? undefined : clientBits,
  };
}

function smallerWindow(offered: number | true | undefined, bits: number): number {
  return typeof offered === 'number' ? Math.min(offered, bits) : bits;
}

/** The element of the response that tells the client what was agreed on. RFC 7692 §7.1. */
export function formatAgreement(agreement: DeflateAgreement): string {
  return formatExtension({ name: PERMESSAGE_DEFLATE, parameters: parametersOf(agreement) });
}

/** The element of the request that makes an offer. RFC 7692 §7.1. */
export function formatOffer(offer: DeflateOffer): string {
  return formatExtension({ name: PERMESSAGE_DEFLATE, parameters: parametersOf(offer) });
}

function parametersOf(said: DeflateOffer): ExtensionParameter[] {
  const parameters: ExtensionParameter[] = [];
  if (said.serverNoContextTakeover) parameters.push({ name: 'server_no_context_takeover', value: undefined });
  if (said.clientNoContextTakeover) parameters.push({ name: 'client_no_context_takeover', value: undefined });
  const { serverMaxWindowBits: server, clientMaxWindowBits: client } = said;
  if (server !== undefined) parameters.push({ name: 'server_max_window_bits', value: String(server) });
  if (client !== undefined) {
    parameters.push({ name: 'client_max_window_bits', value: client === true ? undefined : String(client) });
  }
  return parameters;
}

/**
 * Checks what a server answered against what the client offered. RFC 7692 §7.1: if there is a problem, the client fails
 * the connection.
 *
 * @param answer the one element of the response that names the extension
 * @param offers what the client sent; an answer must fit one of them
 */
export function checkAnswer(
  answer: ExtensionElement,
  offers: readonly DeflateOffer[],
): DeflateAgreement | ParameterProblem {
  const agreement = readAnswer(answer);
  if ('problem' in agreement) return agreement;
  if (offers.length === 0) return { problem: `${PERMESSAGE_DEFLATE} was not offered. The server must leave it out.` };
  const misfits = offers.map((offer) => misfit(agreement, offer));
  const [first] = misfits;
  return misfits.includes(undefined) || first === undefined ? agreement : { problem: first };
}

/** @returns why an agreement cannot answer an offer, as a sentence */
function misfit(agreement: DeflateAgreement, offer: DeflateOffer): string | undefined {
  if (offer.serverNoContextTakeover && !agreement.serverNoContextTakeover) {
    return 'The client asked for server_no_context_takeover, and the answer does not have it.';
  }
  const { serverMaxWindowBits: server, clientMaxWindowBits: client } = agreement;
  if (offer.serverMaxWindowBits !== undefined && (server === undefined || server > offer.serverMaxWindowBits)) {
    const found = server === undefined ? 'the answer names none' : `the answer says ${server}`;
    return `The client asked for a server_max_window_bits of at most ${offer.serverMaxWindowBits}, and ${found}.`;
  }
  if (client !== undefined && offer.clientMaxWindowBits === undefined) {
    return 'The answer has client_max_window_bits, which the client did not offer.';
  }
  if (client !== undefined && typeof offer.clientMaxWindowBits === 'number' && client > offer.clientMaxWindowBits) {
    return `The client offered a client_max_window_bits of ${offer.clientMaxWindowBits}, and the answer says ${client}.`;
  }
  return undefined;
}
