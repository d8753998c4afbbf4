import { RSV1_BIT } from '../../framing/layout.ts';
import { ExtensionStep } from '../../messages/extension-step.ts';
import type { Extension } from '../extension.ts';
import { parseExtension } from '../extension-list.ts';
import type { ClientExtensions, NegotiatedExtensions, ServerExtensions } from '../negotiation.ts';
import type { DeflateCodec } from './codec.ts';
import { type DeflateThresholds, MessageDeflater } from './message-deflater.ts';
import { MessageInflater } from './message-inflater.ts';
import { checkAnswer, chooseOffer, type DeflatePolicy, formatAgreement, formatOffer } from './negotiate.ts';
import { type DeflateAgreement, type DeflateOffer, MAX_WINDOW_BITS, PERMESSAGE_DEFLATE } from './parameters.ts';

/** Compresses every message, whatever its length. */
export const EVERY_MESSAGE: DeflateThresholds = { minBytes: 0, maxBytes: Number.POSITIVE_INFINITY };

export interface DeflateServerOptions {
  readonly codec: DeflateCodec;
  /** Called for each request: a busy server may ask for smaller windows than an idle one. */
  readonly policy?: () => DeflatePolicy;
  readonly thresholds?: DeflateThresholds;
}

/** A server's half of permessage-deflate. RFC 7692 §7. */
export class DeflateServer implements ServerExtensions {
  readonly #options: DeflateServerOptions;

  constructor(options: DeflateServerOptions) {
    this.#options = options;
  }

  accept(offered: readonly string[]): NegotiatedExtensions | undefined {
    if (offered.length === 0) return undefined;
    const { codec, policy, thresholds } = this.#options;
    const agreement = chooseOffer(offered, policy?.());
    return agreement && negotiated(agreement, 'server', codec, thresholds);
  }
}

export interface DeflateClientOptions {
  readonly codec: DeflateCodec;
  /** The client's favorite first. */
  readonly offers: readonly DeflateOffer[];
  readonly thresholds?: DeflateThresholds;
}

/** A client's half of permessage-deflate. RFC 7692 §7. */
export class DeflateClient implements ClientExtensions {
  readonly offer: string;
  readonly #options: DeflateClientOptions;

  constructor(options: DeflateClientOptions) {
    this.#options = options;
    this.offer = options.offers.map(formatOffer).join(', ');
  }

  check(answered: readonly string[]): NegotiatedExtensions | { readonly problem: string } {
    const { codec, offers, thresholds } = this.#options;
    const [element = '', second] = answered;
    if (second !== undefined) {
      return { problem: `The answer has ${answered.length} extensions, and only ${PERMESSAGE_DEFLATE} was offered.` };
    }
    const extension = parseExtension(element);
    if (extension?.name !== PERMESSAGE_DEFLATE) {
      return { problem: `The server uses the extension ${JSON.stringify(element)}, which was not offered.` };
    }
    const agreement = checkAnswer(extension, offers);
    return 'problem' in agreement ? agreement : negotiated(agreement, 'client', codec, thresholds);
  }
}

/** @param role the end that uses the result */
function negotiated(
  agreement: DeflateAgreement,
  role: 'client' | 'server',
  codec: DeflateCodec,
  thresholds: DeflateThresholds = EVERY_MESSAGE,
): NegotiatedExtensions {
  const server = {
    windowBits: agreement.serverMaxWindowBits ?? MAX_WINDOW_BITS,
    keepsContext: !agreement.serverNoContextTakeover,
  };
  const client = {
    windowBits: agreement.clientMaxWindowBits ?? MAX_WINDOW_BITS,
    keepsContext: !agreement.clientNoContextTakeover,
  };
  const [own, peers] = role === 'server' ? [server, client] : [client, server];
  const extension: Extension = {
    name: PERMESSAGE_DEFLATE,
    reservedBit: RSV1_BIT,
    createDecoder: () => new MessageInflater(() => codec.createInflater(peers.windowBits), peers.keepsContext),
  };
  return {
    answer: formatAgreement(agreement),
    createStep: (maxMessageBytes) => new ExtensionStep([extension], maxMessageBytes),
    createEncoder: () => new MessageDeflater(codec, { ...own, thresholds }),
  };
}
