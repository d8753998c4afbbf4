import type { Memory } from '../../src/bytes/memory/memory.ts';
import type { ServerExtensions } from '../../src/protocol/extensions/negotiation.ts';
import type { DeflatePolicy } from '../../src/protocol/extensions/permessage-deflate/negotiate.ts';
import { DeflateServer } from '../../src/protocol/extensions/permessage-deflate/permessage-deflate.ts';
import { createCodec } from './codec.ts';

/** Whether and how the server accepts permessage-deflate. RFC 7692. */
export interface DeflateOptions {
  /** Accept it on every path that can. Otherwise only for a request that asks for it in its query: `/echo?deflate`. */
  readonly everywhere: boolean;
  /** A shorter message goes out as it is, in bytes. */
  readonly minBytes: number;
}

export const DEFAULT_DEFLATE_OPTIONS: DeflateOptions = { everywhere: false, minBytes: 0 };

/** A longer message goes out as it is, in bytes: all other connections wait while one is compressed, for up to 10 ms. */
const MAX_DEFLATED_BYTES = 1024 * 1024;

/**
 * While the windows of clients take more memory than this, in bytes, new connections are asked to keep none: about 1,500 are
 * open then, and each has sent a message.
 */
const MAX_CONTEXT_BYTES = 64 * 1024 * 1024;

const NO_CONTEXT: DeflatePolicy = { serverNoContextTakeover: true, clientNoContextTakeover: true };
const ANY: DeflatePolicy = {};

/** @param memory holds long messages that were inflated */
export function createDeflate({ minBytes }: DeflateOptions, memory: Memory): ServerExtensions {
  const codec = createCodec(memory);
  return new DeflateServer({
    codec,
    policy: () => (codec.inflaterBytes > MAX_CONTEXT_BYTES ? NO_CONTEXT : ANY),
    thresholds: { minBytes, maxBytes: MAX_DEFLATED_BYTES },
  });
}

/** The parameter of a URL's query that asks for compression, or with the value `off` for none. */
const DEFLATE_PARAMETER = 'deflate';

/** Whether the server accepts the extension for a request with this query. */
export function mayDeflate(query: string, { everywhere }: DeflateOptions): boolean {
  // Most queries are empty, and reading one takes longer than finding a word in it.
  if (!query.includes(DEFLATE_PARAMETER)) return everywhere;
  const value = new URLSearchParams(query).get(DEFLATE_PARAMETER);
  return value === null ? everywhere : value !== 'off';
}
