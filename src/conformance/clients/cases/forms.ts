import { ruleNamed } from '../../../protocol/rules.ts';
import type { ClosingExpectation, FailureExpectation, Step } from '../../case.ts';
import { NO_CODE } from '../../cases/forms.ts';
import { close, type FrameChanges, ping, pong, type SentFrame, type SentItem, text } from '../../frames.ts';
import type { Payload } from '../../payload.ts';
import type { ClientCase, RejectionExpectation } from '../client-case.ts';
import { openingAnswer } from '../opening-answer.ts';

/** The texts of a case, and what its server does differently. */
export type CaseStart = Pick<ClientCase, 'id' | 'title' | 'section' | 'requirement'> &
  Partial<Pick<ClientCase, 'rule' | 'answer' | 'deflate' | 'extra' | 'heavy'>>;

const OPEN = 'open?';

/** A frame of a server: not masked. RFC 6455 §5.1. */
export const plain = (item: SentFrame): SentFrame => ({ ...item, masked: false });
export const serverText = (payload: Payload | string, changes: FrameChanges = {}) => plain(text(payload, changes));
export const serverPing = (payload: Payload | string) => plain(ping(payload));
export const serverPong = (payload: Payload | string) => plain(pong(payload));
export const serverClose = (code: number, reason = '') => plain(close(code, reason));

export const send = (...items: SentItem[]): Step => ({ type: 'send', items, cut: 'whole' });

const NORMAL: ClosingExpectation = {
  type: 'closing',
  received: [],
  closeCode: 1000,
  allowedCodes: [NO_CODE],
  leeway: {},
};

/** The client opens the connection: it answers a ping, and a closing handshake follows. It need not echo. */
export function opensCase(start: CaseStart, mayReject?: string): ClientCase {
  const pongBack = { opcode: 0xa, payload: { text: OPEN } };
  return {
    heavy: false,
    answer: openingAnswer(),
    ...start,
    steps: [send(serverPing(OPEN)), { type: 'await', received: 1 }, send(serverClose(1000))],
    expectation: {
      ...NORMAL,
      received: [pongBack],
      leeway: mayReject === undefined ? {} : { mayRefuse: mayReject },
    },
  };
}

/** The client must not open the connection. A ping shows whether it did. RFC 6455 §4.1. */
export function rejectsCase(start: CaseStart, mayOpen?: string): ClientCase {
  const { answer = openingAnswer() } = start;
  const expectation: RejectionExpectation = { type: 'rejection', received: [], mayOpen };
  return { heavy: false, ...start, answer, steps: answer.endsTcp ? [] : [send(serverPing(OPEN))], expectation };
}

/** The client echoes what it is sent, and a closing handshake follows. */
export function echoesCase(start: CaseStart, items: readonly SentFrame[]): ClientCase {
  const received = items.map(({ opcode, payload }) => ({ opcode, payload }));
  return {
    heavy: false,
    answer: openingAnswer(),
    ...start,
    steps: [send(...items), { type: 'await', received: received.length }, send(serverClose(1000))],
    expectation: { ...NORMAL, received },
  };
}

/** The server closes: the client answers with the same code. */
export function answersCloseCase(start: CaseStart, steps: readonly Step[] = [send(serverClose(1000))]): ClientCase {
  return { heavy: false, answer: openingAnswer(), ...start, steps, expectation: NORMAL };
}

/** The items break a rule: the client fails the connection with the code of that rule. */
export function failsCase(
  start: Omit<CaseStart, 'section' | 'requirement'> & { readonly rule: string },
  items: readonly SentItem[],
  failure: Partial<Pick<FailureExpectation, 'allowedCodes' | 'received'>> = {},
): ClientCase {
  const rule = ruleNamed(start.rule);
  if (rule === undefined) throw new RangeError(`case ${start.id} names an unknown rule`);
  const { section, requirement, statusCode: closeCode } = rule;
  return {
    ...{ heavy: false, answer: openingAnswer(), section, requirement },
    ...start,
    steps: [send(...items)],
    expectation: { type: 'failure', allowedCodes: [], received: [], closeCode, ...failure },
  };
}
