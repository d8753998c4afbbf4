import {
  checkRequest,
  computeAccept,
  EXAMPLE_KEY,
  headerValues,
  parseRequestHead,
  type Refusal,
  type RequestHead,
  type ResponseHead,
  refuseRequest,
} from '../src/protocol/index.ts';
import type { Fault } from './conformance-fault.ts';

/** How the opening handshake goes on a bad server. */
export type BadOpening =
  | { readonly kind: 'incomplete'; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'complete';
      readonly open: boolean;
      readonly response: ResponseHead;
      readonly rest: Uint8Array<ArrayBuffer>;
    };

const BAD_REQUEST = { rule: '', httpStatus: 400, sentence: 'No.', headers: [] };
const NOT_FOUND = { rule: 'no-such-path', httpStatus: 404, sentence: 'Nothing is here.', headers: [] };
const ECHO_PATH = '/echo';

/** @param again whether an earlier read held a part of the head */
export function readOpening(bytes: Uint8Array<ArrayBuffer>, again: boolean, fault: Fault): BadOpening {
  const parsed = parseRequestHead(bytes);
  if (parsed.kind === 'incomplete') return { kind: 'incomplete', bytes };
  if (parsed.kind === 'refused') return refused(parsed.refusal, undefined, fault);
  const text = Buffer.from(bytes.subarray(0, parsed.byteLength)).toString('latin1');
  const { head } = parsed;
  if ((again && fault.needsHeadInOneRead === true) || fault.refusesHead?.(text) === true) {
    return refused(BAD_REQUEST, head, fault);
  }
  const checked = checkRequest(head);
  if ('refusal' in checked) return refused(checked.refusal, head, fault);
  if (checked.request.path !== ECHO_PATH) return refused(NOT_FOUND, head, fault);
  return { kind: 'complete', open: true, response: accepting(head, fault), rest: bytes.slice(parsed.byteLength) };
}

function refused(
  refusal: Pick<Refusal, 'httpStatus' | 'sentence' | 'headers'> & { readonly rule: string },
  head: RequestHead | undefined,
  fault: Fault,
): BadOpening {
  const rest = new Uint8Array(0);
  if (fault.opensDespite?.(refusal.rule) === true) {
    return { kind: 'complete', open: true, response: accepting(head, fault), rest };
  }
  const response = refuseRequest(refusal).head;
  return { kind: 'complete', open: false, response: fault.refusal?.(response) ?? response, rest };
}

function accepting(head: RequestHead | undefined, fault: Fault): ResponseHead {
  const key = (head && headerValues(head, 'Sec-WebSocket-Key')[0]) ?? EXAMPLE_KEY;
  const response = {
    httpVersion: '1.1',
    httpStatus: 101,
    reasonPhrase: 'Switching Protocols',
    headers: [
      { name: 'Upgrade', value: 'websocket' },
      { name: 'Connection', value: 'Upgrade' },
      { name: 'Sec-WebSocket-Accept', value: computeAccept(key) },
    ],
  };
  return (head && fault.response?.(response, head)) ?? response;
}
