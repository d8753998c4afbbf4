import { OPCODE } from '../protocol/framing/opcode.ts';
import type { ConformanceCase, ExpectedItem, Step } from './case.ts';
import type { CauseName } from './causes.ts';
import { payloadByteLength } from './payload.ts';
import type { SimpleSymptom, Symptom } from './symptom.ts';
import type { ReceivedItem } from './transcript.ts';

/** The cause of each symptom that has the same one in every case. */
const BY_SYMPTOM: Partial<Record<SimpleSymptom, CauseName>> = {
  'no-connection': 'unreachable',
  flood: 'extra-messages',
  'acted-in-pause': 'closes-too-early',
  'not-opened': 'opening-not-answered',
  'not-refused': 'wrong-refusal',
  'refusal-header': 'refusal-lacks-header',
  'server-error': 'wrong-refusal',
  'wrong-failure-code': 'wrong-failure-code',
  'closed-early': 'closes-too-early',
  'close-unanswered': 'close-not-answered',
  'wrong-close-code': 'wrong-close-code',
  'tcp-open': 'tcp-left-open',
};

/** The cause of accepting what breaks a rule, by the start of the rule's name. The first that fits. */
const BY_RULE: readonly (readonly [start: string, cause: CauseName])[] = [
  ['rsv', 'reserved-bits-not-checked'],
  ['reserved-', 'opcodes-not-checked'],
  ['unmasked-', 'mask-not-checked'],
  ['masked-', 'mask-not-checked'],
  ['length-', 'length-not-checked'],
  ['fragmented-control', 'control-frames-not-checked'],
  ['control-frame', 'control-frames-not-checked'],
  ['continuation-', 'fragment-order-not-checked'],
  ['message-inside', 'fragment-order-not-checked'],
  ['text-', 'utf8-not-checked'],
  ['close-reason', 'close-body-not-checked'],
  ['close-', 'close-body-not-checked'],
  ['malformed-deflate', 'deflate-misread'],
  ['message-too-long', 'size-not-checked'],
  ['data-frame-after', 'goes-on-after-close'],
  // The opening handshake.
  ['method-', 'request-line-not-checked'],
  ['http-version', 'request-line-not-checked'],
  ['missing-host', 'host-not-checked'],
  ['repeated-host', 'host-not-checked'],
  ['malformed-host', 'host-not-checked'],
  ['missing-upgrade', 'upgrade-not-checked'],
  ['upgrade-', 'upgrade-not-checked'],
  ['connection-', 'upgrade-not-checked'],
  ['missing-key', 'key-not-checked'],
  ['repeated-key', 'key-not-checked'],
  ['malformed-key', 'key-not-checked'],
  ['missing-version', 'version-not-checked'],
  ['repeated-version', 'version-not-checked'],
  ['unsupported-version', 'version-not-checked'],
  ['malformed-subprotocols', 'offers-not-checked'],
  ['malformed-extensions', 'offers-not-checked'],
];

/** What naming needs to know of a case. */
type GivenCase = Pick<ConformanceCase, 'id' | 'rule' | 'steps'> & {
  readonly opening: Pick<ConformanceCase['opening'], 'deflate'>;
  readonly expectation: { readonly type: string };
};

/** Names the most likely cause of a failed case: one fault in a server often fails many cases. */
export function nameCause(given: GivenCase, symptom: Symptom): CauseName {
  if (given.opening.deflate !== undefined) {
    if (symptom.kind === 'not-opened' || symptom.kind === 'broken-frame') return 'deflate-agreement-broken';
    if (given.expectation.type === 'closing') return 'deflate-misread';
  }
  if (symptom.kind === 'missing-item') return causeOfMissing(given, symptom.expected);
  if (symptom.kind === 'wrong-item') return causeOfWrong(given, symptom.expected, symptom.came);
  if (symptom.kind === 'extra-item') return causeOfExtra(given, symptom.came);
  if (symptom.kind === 'late') return 'pongs-too-late';
  if (symptom.kind === 'accepted' || symptom.kind === 'opened') return causeByRule(given.rule) ?? 'head-not-checked';
  if (symptom.kind === 'broken-frame') {
    return causeOfBrokenFrame(given, symptom.rule);
  }
  return BY_SYMPTOM[symptom.kind] ?? 'messages-changed';
}

/** A server may break a rule only because it echoed what it should have rejected, or with the wrong opcode. */
function causeOfBrokenFrame(given: GivenCase, rule: string): CauseName {
  const cause = given.expectation.type === 'failure' ? causeByRule(given.rule) : undefined;
  const isEcho = rule.startsWith('text-') || rule.startsWith('close-') || cause === causeByRule(rule);
  if (cause !== undefined && isEcho) return cause;
  if (rule.startsWith('text-') && sends(given, OPCODE.binary)) return 'binary-as-text';
  if (/^(text|continuation)-/.test(rule) && hasFragments(given)) return 'fragments-not-joined';
  return 'sends-broken-frames';
}

function causeByRule(rule: string | undefined): CauseName | undefined {
  return BY_RULE.find(([start]) => rule?.startsWith(start))?.[1];
}

function causeOfWrong(given: GivenCase, expected: ExpectedItem, { opcode, payload }: ReceivedItem): CauseName {
  if (expected.opcode === OPCODE.pong) return opcode === OPCODE.pong ? 'pong-payload-changed' : 'pings-not-answered';
  if (opcode === OPCODE.pong) return sends(given, OPCODE.pong) ? 'pongs-answered' : 'extra-messages';
  const isShorter = payload.byteLength < payloadByteLength(expected.payload);
  if (isShorter && hasFragments(given)) return 'fragments-not-joined';
  if (opcode !== expected.opcode) return opcode === OPCODE.text ? 'binary-as-text' : 'text-as-binary';
  if (payload.leftoverKey(expected.payload) !== undefined) return 'payload-not-unmasked';
  return causeByForm(given, expected) ?? 'messages-changed';
}

function causeOfMissing(given: GivenCase, expected: ExpectedItem): CauseName {
  if (expected.opcode === OPCODE.pong) return 'pings-not-answered';
  return causeByForm(given, expected) ?? 'messages-missing';
}

function causeOfExtra(given: GivenCase, { opcode }: ReceivedItem): CauseName {
  if (opcode === OPCODE.pong && sends(given, OPCODE.pong)) return 'pongs-answered';
  if (/-after-close/.test(given.id)) return 'goes-on-after-close';
  return hasFragments(given) ? 'fragments-not-joined' : 'extra-messages';
}

const LONGEST_16_BIT_LENGTH = 65_535;
const LONGEST_7_BIT_LENGTH = 125;

/** How the bytes were sent, if that alone can make a server lose a message. */
function causeByForm(given: GivenCase, { payload }: ExpectedItem): CauseName | undefined {
  if (hasFragments(given)) return 'fragments-not-joined';
  if (given.steps.some((step) => step.type === 'send' && typeof step.cut === 'number')) return 'frames-cut-by-tcp';
  if (given.steps.some((step) => step.type === 'send' && step.items.length > 1)) return 'frames-joined-by-tcp';
  const byteLength = payloadByteLength(payload);
  if (byteLength > LONGEST_16_BIT_LENGTH) return 'long-lengths-misread';
  return byteLength > LONGEST_7_BIT_LENGTH ? 'medium-lengths-misread' : undefined;
}

function hasFragments({ steps }: GivenCase): boolean {
  return steps.some((step) =>
    itemsOf(step).some((item) => item.type === 'fragments' || (item.type === 'frame' && !item.fin)),
  );
}

function sends({ steps }: GivenCase, opcode: number): boolean {
  return steps.some((step) => itemsOf(step).some((item) => item.type !== 'bytes' && item.opcode === opcode));
}

function itemsOf(step: Step) {
  if (step.type === 'send') return step.items;
  return step.type === 'exchange' ? [step.item] : [];
}
