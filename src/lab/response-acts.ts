import { computeAccept } from '../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY } from '../protocol/handshake/head/example-heads.ts';
import type { Header, ResponseHead } from '../protocol/handshake/head/head.ts';
import type { LabAct } from './act.ts';

const ACCEPT = 'Sec-WebSocket-Accept';

const without = (head: ResponseHead, name: string): ResponseHead => ({
  ...head,
  headers: head.headers.filter((header) => header.name !== name),
});

const withHeader = (head: ResponseHead, header: Header): ResponseHead => ({
  ...head,
  headers: [...head.headers, header],
});

const responseAct = (name: string, change: (right: ResponseHead) => ResponseHead): LabAct => ({
  name,
  behavior: { kind: 'response', change },
});

/** Mistakes of a server in the opening handshake: the client must fail the connection. RFC 6455 §4.1. */
export const RESPONSE_ACTS: readonly LabAct[] = [
  responseAct('wrong-accept', (head) =>
    withHeader(without(head, ACCEPT), { name: ACCEPT, value: computeAccept(EXAMPLE_KEY) }),
  ),
  responseAct('no-accept', (head) => without(head, ACCEPT)),
  responseAct('status-200', (head) => ({ ...head, httpStatus: 200, reasonPhrase: 'OK' })),
  responseAct('no-upgrade', (head) => without(head, 'Upgrade')),
  responseAct('unoffered-subprotocol', (head) =>
    withHeader(head, { name: 'Sec-WebSocket-Protocol', value: 'surprise' }),
  ),
  responseAct('unoffered-extension', (head) =>
    withHeader(head, { name: 'Sec-WebSocket-Extensions', value: 'x-surprise' }),
  ),
];
