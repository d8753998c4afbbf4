import { parseExtension } from '../../protocol/extensions/extension-list.ts';
import { chooseOffer } from '../../protocol/extensions/permessage-deflate/negotiate.ts';
import {
  type DeflateAgreement,
  PERMESSAGE_DEFLATE,
  readAnswer,
} from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { findEndOfHead } from '../../protocol/handshake/head/end-of-head.ts';
import { decodeLatin1 } from '../../text/latin1.ts';

/** An HTTP head in pasted bytes. It is read leniently, so that a head that breaks rules can be shown too. */
export interface FoundHead {
  readonly kind: 'request' | 'response';
  /** The length of the head with its empty line. If that line is missing, the length of all bytes. */
  readonly byteLength: number;
  readonly isWhole: boolean;
  readonly bytes: Uint8Array;
  /** Its first line, as latin1. */
  readonly firstLine: string;
  /** The status of a response, if its first line has one. */
  readonly status: number | undefined;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** In bytes. A longer head counts as incomplete. */
const MAX_HEAD_BYTES = 64 * 1024;
const REQUEST = /^(?:GET|POST|HEAD|OPTIONS|CONNECT|PUT) /;

/** The head that begins at an index; undefined if none does. */
export function findHead(bytes: Uint8Array, at = 0): FoundHead | undefined {
  const opening = decodeLatin1(bytes.subarray(at, at + 8));
  const kind = opening.startsWith('HTTP/') ? 'response' : REQUEST.test(opening) ? 'request' : undefined;
  if (kind === undefined) return undefined;
  const searched = bytes.subarray(at, at + MAX_HEAD_BYTES);
  const end = findEndOfHead(searched);
  const byteLength = end < 0 ? searched.length : end;
  const [firstLine = '', ...lines] = decodeLatin1(searched.subarray(0, byteLength)).split(/\r?\n/);
  const status = kind === 'response' ? Number(/^HTTP\/\d\.\d (\d{3})/.exec(firstLine)?.[1]) || undefined : undefined;
  return {
    kind,
    byteLength,
    isWhole: end >= 0,
    bytes: searched.subarray(0, byteLength),
    firstLine,
    status,
    headers: headersOf(lines),
  };
}

function headersOf(lines: readonly string[]): FoundHead['headers'] {
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon <= 0 ? [] : [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
  });
}

/** The first value of a header, without regard to case. */
export function headerOf(head: Pick<FoundHead, 'headers'>, name: string): string | undefined {
  return head.headers.find((header) => header.name === name.toLowerCase())?.value;
}

/** The parameters of permessage-deflate in a response; undefined if it does not name that extension, or misspells its parameters. */
export function deflateOf(response: FoundHead): DeflateAgreement | undefined {
  for (const element of elementsOf(response)) {
    const extension = parseExtension(element);
    if (extension?.name !== PERMESSAGE_DEFLATE) continue;
    const agreement = readAnswer(extension);
    return 'problem' in agreement ? undefined : agreement;
  }
  return undefined;
}

/** Whether a request offers permessage-deflate in a form that a server can accept. */
export function offersDeflate(request: FoundHead): boolean {
  return chooseOffer(elementsOf(request)) !== undefined;
}

function elementsOf(head: FoundHead): string[] {
  const values = head.headers.filter(({ name }) => name === 'sec-websocket-extensions').map(({ value }) => value);
  return values
    .join(',')
    .split(',')
    .map((element) => element.trim());
}
