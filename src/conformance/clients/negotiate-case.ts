import type { NegotiatedExtensions } from '../../protocol/extensions/negotiation.ts';
import type { DeflateCodec } from '../../protocol/extensions/permessage-deflate/codec.ts';
import { DeflateServer } from '../../protocol/extensions/permessage-deflate/permessage-deflate.ts';
import { headerTokens, type RequestHead } from '../../protocol/handshake/head/head.ts';
import type { ClientCase } from './client-case.ts';

/** What a case makes of a client's offer of permessage-deflate: an agreement, or why the case does not apply. */
export interface CaseTerms {
  readonly negotiated?: NegotiatedExtensions | undefined;
  readonly notApplicable?: string | undefined;
}

/** Answers the client's offer as the case says. A client need not offer compression. RFC 7692 §7.1. */
export function negotiateCase({ deflate }: ClientCase, request: RequestHead, codec: () => DeflateCodec): CaseTerms {
  if (deflate === undefined) return {};
  const offered = headerTokens(request, 'Sec-WebSocket-Extensions');
  const { usesContext = false, ...policy } = deflate;
  const negotiated = new DeflateServer({ codec: codec(), policy: () => policy }).accept(offered);
  if (negotiated === undefined) {
    return { notApplicable: 'The client does not offer permessage-deflate, so this case does not apply.' };
  }
  if (usesContext && negotiated.answer.includes('server_no_context_takeover')) {
    return { notApplicable: 'The client asks its server to keep no context, so this case does not apply.' };
  }
  const { clientMaxWindowBits: bits } = deflate;
  if (bits !== undefined && !negotiated.answer.includes(`client_max_window_bits=${bits}`)) {
    return { notApplicable: `The client does not offer a window of 2^${bits} bytes, so this case does not apply.` };
  }
  return { negotiated };
}
