import { OPCODE } from '../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import { countBytes } from '../../text/count.ts';
import type { ConformanceCase, Cut, ExpectedItem, FailureExpectation, Leeway, Step } from '../case.ts';
import { close, type SentFragments, type SentFrame, type SentItem } from '../frames.ts';
import { type OpeningRequest, openingRequest } from '../opening-request.ts';

/** The texts of a case. Section and requirement come from the rule unless they are given. */
export interface CaseText {
  readonly id: string;
  readonly title: string;
  readonly section?: string;
  readonly rule?: string;
  readonly requirement?: string;
  readonly autobahn?: string | undefined;
  readonly heavy?: boolean;
  readonly opening?: OpeningRequest;
}

/** What a case sends: items in one step, or several steps. */
interface Sending {
  readonly items?: readonly SentItem[];
  readonly cut?: Cut;
  readonly steps?: readonly Step[];
  readonly received?: readonly ExpectedItem[];
}

/** Nothing is wrong: the server sends back what is listed, and a closing handshake follows. */
export function echoCase(text: CaseText, sending: Sending, leeway: Leeway = {}): ConformanceCase {
  const received = sending.received ?? (sending.items ?? []).flatMap(echoOf);
  const count = received.reduce((sum, { times }) => sum + (times ?? 1), 0);
  const awaited: Step[] = count === 0 ? [] : [{ type: 'await', received: count }];
  return {
    ...describedBy(text),
    steps: [...stepsOf(sending), ...awaited, { type: 'send', items: [close(1000)], cut: 'whole' }],
    expectation: { type: 'closing', received, closeCode: 1000, allowedCodes: [NO_CODE], leeway },
  };
}

/** The items break a rule: the server fails the connection with the code of that rule. */
export function failureCase(
  text: CaseText,
  sending: Sending,
  failure: Partial<Omit<FailureExpectation, 'type' | 'received'>> = {},
): ConformanceCase {
  const closeCode = failure.closeCode ?? ruleNamed(text.rule ?? '')?.statusCode;
  if (closeCode === undefined) throw new RangeError(`case ${text.id} names neither a rule nor a close code`);
  return {
    ...describedBy(text),
    steps: stepsOf(sending),
    expectation: { allowedCodes: [], ...failure, type: 'failure', received: sending.received ?? [], closeCode },
  };
}

/** The client closes: the server answers with the same code and sends nothing else. */
export function closingCase(
  text: CaseText,
  sending: Sending,
  answer: { readonly closeCode: number; readonly allowedCodes: readonly number[]; readonly leeway?: Leeway },
): ConformanceCase {
  return {
    ...describedBy(text),
    steps: stepsOf(sending),
    expectation: { leeway: {}, ...answer, type: 'closing', received: sending.received ?? [] },
  };
}

/** What a server must do when it receives a close frame. RFC 6455 §5.5.1, §7.1.1. */
export const CLOSE_IS_ANSWERED =
  'A server answers a close frame with a close frame, typically with the same code, and then ends TCP.';

/** The code of a close frame without a body. RFC 6455 §7.1.5. */
export const NO_CODE = 1005;

/** The ways to write the same bytes, each with its suffix for ids and titles. */
export const WRITES: readonly { readonly suffix: string; readonly words: string; readonly cut: Cut }[] = [
  { suffix: '', words: '', cut: 'whole' },
  { suffix: '-frame-wise', words: ', frame by frame', cut: 'frame-wise' },
  { suffix: '-cut-1', words: ', byte by byte', cut: 1 },
];

/** The words in a title for bytes that are cut into writes of a fixed size. */
export function cutWords(cut: number): string {
  return cut === 1 ? 'byte by byte' : `cut every ${countBytes(cut)}`;
}

/** The answer of an echo server to one item. */
export function echoOf(item: SentItem): ExpectedItem[] {
  if (item.type === 'bytes') return [];
  if (item.type === 'fragments') return [echoed(item)];
  if (item.opcode === OPCODE.ping) return [{ opcode: OPCODE.pong, payload: item.payload }];
  return item.fin && (item.opcode === OPCODE.text || item.opcode === OPCODE.binary) ? [echoed(item)] : [];
}

function echoed({ opcode, payload }: SentFrame | SentFragments): ExpectedItem {
  return { opcode, payload };
}

/** The fields of a case that come from its texts. */
export function describedBy(text: CaseText): Omit<ConformanceCase, 'steps' | 'expectation'> {
  const rule = ruleNamed(text.rule ?? '');
  const section = text.section ?? rule?.section;
  const requirement = text.requirement ?? rule?.requirement;
  if (section === undefined || requirement === undefined) {
    throw new RangeError(`case ${text.id} has no section or requirement, and names no rule that has them`);
  }
  return {
    id: text.id,
    title: text.title,
    section,
    ...(text.rule === undefined ? {} : { rule: text.rule }),
    requirement,
    ...(text.autobahn === undefined ? {} : { autobahn: text.autobahn }),
    heavy: text.heavy ?? false,
    opening: text.opening ?? openingRequest(),
  };
}

function stepsOf({ items, cut = 'whole', steps }: Sending): readonly Step[] {
  return steps ?? [{ type: 'send', items: items ?? [], cut }];
}
