import { computeAccept } from '../../protocol/handshake/accept-key.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/example-heads.ts';
import type { Header, ResponseHead } from '../../protocol/handshake/head.ts';
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

const responseAct = (
  about: Pick<LabAct, 'name' | 'title' | 'does' | 'rule'>,
  change: (right: ResponseHead) => ResponseHead,
): LabAct => ({ section: '4.1', ...about, deed: { kind: 'response', change } });

/** What a server can get wrong in the opening handshake: the client must fail the connection. RFC 6455 §4.1. */
export const RESPONSE_ACTS: readonly LabAct[] = [
  responseAct(
    {
      name: 'wrong-accept',
      title: 'A wrong accept',
      does: 'Answers 101 with the accept for another key.',
      rule: 'wrong-accept',
    },
    (head) => withHeader(without(head, ACCEPT), { name: ACCEPT, value: computeAccept(EXAMPLE_KEY) }),
  ),
  responseAct(
    {
      name: 'no-accept',
      title: 'No accept',
      does: 'Answers 101 without Sec-WebSocket-Accept.',
      rule: 'missing-accept',
    },
    (head) => without(head, ACCEPT),
  ),
  responseAct(
    {
      name: 'status-200',
      title: 'Status 200',
      does: 'Answers 200 in place of 101, and otherwise right.',
      rule: 'status-not-101',
    },
    (head) => ({ ...head, httpStatus: 200, reasonPhrase: 'OK' }),
  ),
  responseAct(
    {
      name: 'no-upgrade',
      title: 'No Upgrade header',
      does: 'Answers 101 without an Upgrade header.',
      rule: 'response-without-upgrade',
    },
    (head) => without(head, 'Upgrade'),
  ),
  responseAct(
    {
      name: 'unoffered-subprotocol',
      title: 'A subprotocol nobody offered',
      does: 'Answers 101 and chooses the subprotocol "surprise".',
      rule: 'subprotocol-not-offered',
    },
    (head) => withHeader(head, { name: 'Sec-WebSocket-Protocol', value: 'surprise' }),
  ),
  responseAct(
    {
      name: 'unoffered-extension',
      title: 'An extension nobody offered',
      does: 'Answers 101 and accepts the extension "x-surprise".',
      rule: 'extension-not-offered',
    },
    (head) => withHeader(head, { name: 'Sec-WebSocket-Extensions', value: 'x-surprise' }),
  ),
];
