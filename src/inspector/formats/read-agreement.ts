import { parseExtension } from '../../protocol/extensions/extension-list.ts';
import {
  type DeflateAgreement,
  PERMESSAGE_DEFLATE,
  readAnswer,
} from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { DEFLATE } from '../deflate/deflate-extension.ts';
import { DirectionInflater } from '../deflate/direction-inflater.ts';
import { dumpInflated, SHOWN_LIMITS } from '../deflate/inflated-dump.ts';
import { ExtendedRecorder } from '../wire/extended-recorder.ts';
import type { PartInflater, ReadAgreement, WireExtension } from '../wire/wire-extension.ts';
import { deflateOf, findHead } from './heads.ts';

/** What a watcher inflates of one message, in bytes: a bomb costs no more than this. */
const MAX_OUTPUT_BYTES = 1024 * 1024;
/** What a watcher keeps of one message, in bytes. */
const MAX_PACKED_BYTES = 256 * 1024;

/** Finds permessage-deflate in a response. RFC 7692 §7.1. */
export const readDeflateAgreement: ReadAgreement = (responseHead) => {
  const head = findHead(responseHead);
  const agreement = head === undefined ? undefined : deflateOf(head);
  return agreement && watchDeflate(agreement);
};

/**
 * The same, for a server that knows its own answer.
 *
 * @param answer the value of Sec-WebSocket-Extensions
 */
export function watchAnswer(answer: string): WireExtension | undefined {
  const element = parseExtension(answer);
  const agreement = element?.name === PERMESSAGE_DEFLATE ? readAnswer(element) : undefined;
  return agreement === undefined || 'problem' in agreement ? undefined : watchDeflate(agreement);
}

function watchDeflate(agreement: DeflateAgreement, isBegun = true): WireExtension {
  const extension: WireExtension = {
    extension: DEFLATE,
    inflaterOf: (sender) => inflaterOf(sender, agreement, isBegun),
    createRecorder: (options) => new ExtendedRecorder(options, extension),
  };
  return extension;
}

/**
 * For a connection whose handshake was not seen: messages with RSV1 are probably compressed. The window is unknown, and
 * whether it is kept is, too.
 */
export const PROBABLY_DEFLATE: WireExtension = watchDeflate(
  {
    clientNoContextTakeover: false,
    serverNoContextTakeover: false,
    clientMaxWindowBits: undefined,
    serverMaxWindowBits: undefined,
  },
  false,
);

/** @param isBegun whether its first message is the connection's first; if it is not, the window is unknown */
export function inflaterOf(sender: 'client' | 'server', agreement: DeflateAgreement, isBegun = true): PartInflater {
  const inflater = new DirectionInflater(sender, agreement, isBegun, {
    maxOutputBytes: MAX_OUTPUT_BYTES,
    maxPackedBytes: MAX_PACKED_BYTES,
    ...SHOWN_LIMITS,
  });
  return {
    get heldBytes() {
      return inflater.heldBytes;
    },
    take(part, inflates) {
      const inflated = inflater.take(part, inflates);
      return inflated && dumpInflated(inflated);
    },
    lose: () => inflater.lose(),
  };
}
