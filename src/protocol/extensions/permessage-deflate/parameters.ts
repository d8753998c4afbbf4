import type { ExtensionElement, ExtensionParameter } from '../extension-list.ts';

/** The name of the extension in Sec-WebSocket-Extensions. RFC 7692 §7. */
export const PERMESSAGE_DEFLATE = 'permessage-deflate';

/** The smallest window that can be agreed on, as a power of two: 2^8 = 256 bytes. RFC 7692 §7.1.2. */
export const MIN_WINDOW_BITS = 8;

/** The largest window, and the one without an agreement: 2^15 = 32,768 bytes. RFC 7692 §7.1.2. */
export const MAX_WINDOW_BITS = 15;

/** What a client asks for in one offer. RFC 7692 §7.1. */
export interface DeflateOffer {
  /** The server must forget its window after each message. */
  readonly serverNoContextTakeover: boolean;
  /** The client says that it will forget its own. */
  readonly clientNoContextTakeover: boolean;
  /** The largest window that the server may use, 8 to 15; undefined: not asked for. */
  readonly serverMaxWindowBits: number | undefined;
  /** The largest window that the client will use, 8 to 15; true: it can do with any that the server names; undefined: it cannot be told. */
  readonly clientMaxWindowBits: number | true | undefined;
}

/** What both ends agreed on: what stands in the response. RFC 7692 §7.1. */
export interface DeflateAgreement {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
  /** 8 to 15; undefined: it is not named, so 15. */
  readonly serverMaxWindowBits: number | undefined;
  /** 8 to 15; undefined: it is not named, so 15. */
  readonly clientMaxWindowBits: number | undefined;
}

/** What the parameters of an offer or of an answer say, before it is known which of the two it is. */
interface ReadParameters {
  serverNoContextTakeover: boolean;
  clientNoContextTakeover: boolean;
  serverMaxWindowBits: number | undefined;
  clientMaxWindowBits: number | true | undefined;
}

/** A parameter that RFC 7692 §7 does not allow, and the reason as a sentence. */
export interface ParameterProblem {
  readonly problem: string;
}

/** From 8 to 15, in decimal, without a leading zero. RFC 7692 §7.1.2. */
const WINDOW_BITS = /^(?:[89]|1[0-5])$/;

/** Reads the parameters of one offer. RFC 7692 §7.1: a server declines an offer with a problem, and looks at the next. */
export function readOffer(element: ExtensionElement): DeflateOffer | ParameterProblem {
  return readParameters(element);
}

/**
 * Reads the parameters of the one element that a server answered with. RFC 7692 §7.1: a client fails the connection if
 * it has a problem.
 */
export function readAnswer(element: ExtensionElement): DeflateAgreement | ParameterProblem {
  const read = readParameters(element);
  if ('problem' in read) return read;
  const { clientMaxWindowBits, ...others } = read;
  // Only in an offer may it stand without a value. RFC 7692 §7.1.2.2.
  if (clientMaxWindowBits === true) {
    return { problem: 'client_max_window_bits has no value. In an answer it needs one, from 8 to 15.' };
  }
  return { ...others, clientMaxWindowBits };
}

function readParameters({ parameters }: ExtensionElement): ReadParameters | ParameterProblem {
  const read: ReadParameters = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: undefined,
    clientMaxWindowBits: undefined,
  };
  const seen = new Set<string>();
  for (const parameter of parameters) {
    if (seen.has(parameter.name)) return { problem: `${parameter.name} stands twice. It may stand once.` };
    seen.add(parameter.name);
    const problem = readParameter(parameter, read);
    if (problem !== undefined) return { problem };
  }
  return read;
}

/** @returns what is wrong with it, as a sentence */
function readParameter({ name, value }: ExtensionParameter, read: ReadParameters): string | undefined {
  switch (name) {
    case 'server_no_context_takeover':
    case 'client_no_context_takeover':
      if (value !== undefined) return `${name} has the value "${value}". It takes none.`;
      if (name === 'server_no_context_takeover') read.serverNoContextTakeover = true;
      else read.clientNoContextTakeover = true;
      return undefined;
    case 'server_max_window_bits':
      if (value === undefined || !WINDOW_BITS.test(value)) return wrongWindow(name, value);
      read.serverMaxWindowBits = Number(value);
      return undefined;
    case 'client_max_window_bits':
      if (value !== undefined && !WINDOW_BITS.test(value)) return wrongWindow(name, value);
      read.clientMaxWindowBits = value === undefined ? true : Number(value);
      return undefined;
    default:
      return `${name} is not a parameter of ${PERMESSAGE_DEFLATE}.`;
  }
}

function wrongWindow(name: string, value: string | undefined): string {
  const found = value === undefined ? 'has no value' : `is "${value}"`;
  return `${name} ${found}. It must be a number from ${MIN_WINDOW_BITS} to ${MAX_WINDOW_BITS}, without a leading zero.`;
}
