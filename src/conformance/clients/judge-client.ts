import { headerValues } from '../../protocol/handshake/head/head.ts';
import { citeSection } from '../../protocol/rule.ts';
import { countBytes } from '../../text/count.ts';
import { quoteText } from '../../text/quote-text.ts';
import { isCloseFrame } from '../close-step.ts';
import { describeCut, describeReceived, describeStep, foldRuns } from '../describe.ts';
import { describeExpectation } from '../describe-expectation.ts';
import { judgeReceived } from '../judge-received.ts';
import { nameCause } from '../name-cause.ts';
import type { Symptom } from '../symptom.ts';
import type { ReceivedClose } from '../transcript.ts';
import type { Outcome, Verdict } from '../verdict.ts';
import type { ClientCase, ClientExpectation, RejectionExpectation } from './client-case.ts';
import type { ClientCauseName } from './client-causes.ts';
import { reasonForClient } from './client-reasons.ts';
import type { ClientTranscript, EarlierConnections } from './client-transcript.ts';
import { checkMaskingKeys } from './masking-keys.ts';

/** The result of one check of what a client did. A failure has a cause, or a symptom that leads to one. */
interface ClientFinding {
  readonly outcome: Outcome;
  readonly finding: string;
  readonly cause?: ClientCauseName;
  readonly symptom?: Symptom;
}

const passed = (finding: string): ClientFinding => ({ outcome: 'passed', finding });
const allowed = (finding: string): ClientFinding => ({ outcome: 'allowed', finding });
const failed = (finding: string, cause: ClientCauseName): ClientFinding => ({ outcome: 'failed', finding, cause });
const failedBy = (finding: string, symptom: Symptom): ClientFinding => ({ outcome: 'failed', finding, symptom });

const NOTHING_EARLIER: EarlierConnections = { keys: new Map(), firstMaskingKeys: new Set() };

/** Compares what a client did with what the case requires. */
export function judgeClient(
  clientCase: ClientCase,
  transcript: ClientTranscript,
  earlier: EarlierConnections = NOTHING_EARLIER,
): Verdict {
  const { outcome, finding, cause, symptom } = findingOf(clientCase, transcript, earlier);
  const sent = describeAnswered(clientCase);
  const expected = describeExpected(clientCase.expectation);
  const cameBack = describeClient(transcript);
  const requirement = `${citeSection(clientCase.section)}: ${clientCase.requirement}`;
  const opening = clientCase.deflate === undefined ? {} : { deflate: [] };
  return {
    ...{ outcome, finding, sent, expected, cameBack, requirement, why: reasonForClient(clientCase) },
    cause: cause ?? (symptom === undefined ? '' : nameCause({ ...clientCase, opening }, symptom)),
    sentence: `${finding} Sent: ${sent}. Came back: ${cameBack}. ${requirement}`,
  };
}

function findingOf(clientCase: ClientCase, transcript: ClientTranscript, earlier: EarlierConnections): ClientFinding {
  const { expectation } = clientCase;
  const { notApplicable, hungUpAfter } = transcript;
  if (notApplicable !== undefined) return allowed(notApplicable);
  if (hungUpAfter !== undefined) {
    return failedBy('The client sent far more than the case calls for, so the server hung up.', { kind: 'flood' });
  }
  if (expectation.type === 'rejection') return judgeRejection(expectation, transcript);
  return (
    judgeExtra(clientCase, transcript, earlier) ??
    judgeOpened(expectation, transcript) ??
    judgeFrames(expectation, transcript) ??
    judgePauses(clientCase, transcript) ??
    judgeAwaited(clientCase, transcript) ??
    (expectation.type === 'failure'
      ? judgeFailed(expectation, transcript)
      : judgeClosed(expectation, clientCase, transcript))
  );
}

/** A client that opens the connection answers the ping that follows the answer. RFC 6455 §4.1. */
function judgeRejection({ mayOpen }: RejectionExpectation, transcript: ClientTranscript): ClientFinding {
  const { received, end, close, frameFault, firstBytes } = transcript;
  if (startsWithRequest(firstBytes)) {
    return passed('The client did not open the connection, and sent another request on it.');
  }
  if (received.length > 0 || frameFault !== undefined) {
    return mayOpen === undefined
      ? failed('The client opened the connection and sent frames. It must give up.', 'answer-not-checked')
      : allowed(`The client opened the connection. ${mayOpen}`);
  }
  if (end === undefined) {
    return mayOpen === undefined
      ? failed('The client neither opened the connection nor ended TCP in time.', 'tcp-left-open')
      : allowed(`The client neither sent a frame nor ended TCP in time. ${mayOpen}`);
  }
  if (close !== undefined) {
    return mayOpen === undefined
      ? allowed('The client gave up, but sent a close frame first. Before the connection is open, there are no frames.')
      : allowed(`The client closed with ${nameOf(close)}. ${mayOpen}`);
  }
  return passed('The client did not open the connection, and ended TCP.');
}

/** Whether a client sends HTTP on, as after any other response. No legal frame begins so. */
function startsWithRequest(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === 'GET ';
}

/** A correct answer opens the connection: then a pong, an echo or a close frame comes. */
function judgeOpened(expectation: ClientExpectation, transcript: ClientTranscript): ClientFinding | undefined {
  const { received, close, frameFault, end, byteLength } = transcript;
  if (received.length > 0 || close !== undefined || frameFault !== undefined || byteLength > 0) return undefined;
  if (expectation.type !== 'closing' || expectation.received.length === 0) return undefined;
  const { mayRefuse } = expectation.leeway;
  const finding =
    end === undefined
      ? 'The client did not open the connection: it sent no frame.'
      : 'The client did not open the connection: it ended TCP without a frame.';
  return mayRefuse === undefined ? failedBy(finding, { kind: 'not-opened' }) : allowed(`${finding} ${mayRefuse}`);
}

/** The client must keep the rules itself. */
function judgeFrames(expectation: ClientExpectation, { frameFault }: ClientTranscript): ClientFinding | undefined {
  if (frameFault === undefined) return undefined;
  const { rule, section, requirement } = frameFault;
  if (expectation.type === 'failure' && expectation.excused === rule) {
    return allowed(`The client echoed what breaks ${rule}. The RFC obliges no receiver to check it.`);
  }
  const finding = `The client sent a frame that breaks ${rule} (${citeSection(section)}): ${requirement}`;
  if (rule === 'unmasked-client-frame') return failed(finding, 'frames-not-masked');
  if (rule === 'data-frame-after-close') return failed(finding, 'goes-on-after-close');
  // An echo of what the client should have refused.
  if (rule.startsWith('text-') && expectation.type === 'failure') return failed(finding, 'utf8-not-checked');
  return failedBy(finding, { kind: 'broken-frame', rule });
}

function judgePauses({ steps }: ClientCase, { received, close, end }: ClientTranscript): ClientFinding | undefined {
  const early = [...received, close, end].find((event) => event !== undefined && steps[event.step]?.type === 'quiet');
  return (
    early &&
    failedBy('The client sent something or hung up during a pause, although nothing it had received called for that.', {
      kind: 'acted-in-pause',
    })
  );
}

function judgeAwaited({ steps }: ClientCase, { received }: ClientTranscript): ClientFinding | undefined {
  const isLate = steps.some((step, index) => {
    if (step.type !== 'await') return false;
    const last = received[step.received - 1];
    return last !== undefined && last.step > index;
  });
  return isLate
    ? failedBy('The answer came too late: the server had stopped waiting for it and sent the rest.', { kind: 'late' })
    : undefined;
}

/** The client must fail the connection. RFC 6455 §7.1.7. */
function judgeFailed(
  expectation: Extract<ClientExpectation, { type: 'failure' }>,
  transcript: ClientTranscript,
): ClientFinding {
  const { closeCode, allowedCodes, byStep, ifTaken } = expectation;
  const { close, end } = transcript;
  if (ifTaken !== undefined) {
    const asExpected = {
      type: 'closing',
      received: ifTaken.received,
      closeCode: 1000,
      allowedCodes: [],
      leeway: {},
    } as const;
    const isSame = judgeReceived(asExpected, transcript) === undefined;
    const closes = ifTaken.closeCode === undefined ? close === undefined : close?.closeCode === ifTaken.closeCode;
    if (isSame && closes && (end === undefined || close !== undefined)) {
      return allowed(
        'The client accepted the frame. The rule binds the sender; the RFC obliges no receiver to check it.',
      );
    }
  }
  const received = judgeReceived(expectation, transcript, 'client');
  if (received?.outcome === 'failed') return received;
  if (close === undefined) {
    return end === undefined
      ? failedBy(`The client left the connection open. It must close it with ${closeCode}.`, { kind: 'accepted' })
      : allowed(`The client ended TCP without a close frame. RFC 6455 §7.1.7: it SHOULD send one, with ${closeCode}.`);
  }
  if (close.closeCode !== closeCode && !allowedCodes.includes(close.closeCode)) {
    return failedBy(`The client closed with ${nameOf(close)}. The right code is ${closeCode}.`, {
      kind: 'wrong-failure-code',
    });
  }
  if (received !== undefined) return received;
  if (close.closeCode !== closeCode) {
    return allowed(`The client closed with ${nameOf(close)}. ${closeCode} describes the fault better.`);
  }
  if (byStep !== undefined && close.step > byStep) {
    return allowed(`The client closed with ${closeCode}, but later than it could have. The RFC sets no deadline.`);
  }
  return judgeLaterCloses(close) ?? passed(`The client closed with ${closeCode}.`);
}

/** The server closes: the client must have echoed everything, and answers the close frame. RFC 6455 §5.5.1. */
function judgeClosed(
  expectation: Extract<ClientExpectation, { type: 'closing' }>,
  { steps, extra }: ClientCase,
  transcript: ClientTranscript,
): ClientFinding {
  const { closeCode, allowedCodes, leeway } = expectation;
  const { close, end } = transcript;
  if (close !== undefined && leeway.declinedWith?.includes(close.closeCode)) {
    return allowed(
      `The client rejected the message as too big, with ${nameOf(close)}. RFC 6455 §10.4 lets it set limits.`,
    );
  }
  const received = judgeReceived(expectation, transcript, 'client');
  if (close !== undefined && close.step < steps.findIndex(isCloseFrame)) {
    return failedBy(`The client closed with ${nameOf(close)} although nothing was wrong.`, { kind: 'closed-early' });
  }
  if (received?.outcome === 'failed') return received;
  if (extra === 'notices-end') {
    return end === undefined
      ? allowed('The client kept its side of TCP open. The RFC sets no deadline.')
      : passed('The client ended TCP after the server.');
  }
  if (close === undefined) {
    const did = end === undefined ? 'did not answer' : 'ended TCP without answering';
    return failedBy(`The client ${did} the close frame.`, { kind: 'close-unanswered' });
  }
  if (close.closeCode !== closeCode && !allowedCodes.includes(close.closeCode)) {
    return failedBy(`The client answered the close frame with ${nameOf(close)} instead of ${nameCode(closeCode)}.`, {
      kind: 'wrong-close-code',
    });
  }
  if (received !== undefined) return received;
  if (close.closeCode !== closeCode) {
    return allowed(
      `The client answered the close frame with ${nameOf(close)}. An endpoint typically echoes the code (RFC 6455 §5.5.1).`,
    );
  }
  if (extra === 'waits-for-end' && end !== undefined) {
    return allowed('The client ended TCP itself, before the server. RFC 6455 §7.1.1: it SHOULD wait.');
  }
  if (extra === 'ends-itself') return judgeOwnEnd(transcript);
  return judgeLaterCloses(close) ?? passed(`The client answered the close frame with ${nameOf(close)}.`);
}

function judgeOwnEnd({ close, end }: ClientTranscript): ClientFinding {
  if (end === undefined || close === undefined) {
    return allowed('The client kept TCP open as long as the server waited. The RFC sets no deadline.');
  }
  return passed(
    `The client ended TCP by itself ${((end.timeMs - close.timeMs) / 1000).toFixed(1)} s after its close frame.`,
  );
}

/** The checks that are about more than frames. */
function judgeExtra(
  { extra, id }: ClientCase,
  { request, requestFault, maskingKeys }: ClientTranscript,
  earlier: EarlierConnections,
): ClientFinding | undefined {
  if (extra === 'request' && requestFault !== undefined) return failed(requestFault, 'request-wrong');
  if (extra === 'fresh-key') {
    const own = headerValues(request, 'Sec-WebSocket-Key')[0];
    const other = [...earlier.keys].find(([caseId, key]) => caseId !== id && key === own)?.[0];
    return other === undefined
      ? undefined
      : failed(`The client sent the same Sec-WebSocket-Key here and in ${other}.`, 'key-not-fresh');
  }
  if (extra !== 'masking-keys') return undefined;
  const problem = checkMaskingKeys(maskingKeys, earlier.firstMaskingKeys);
  return problem === undefined ? undefined : failed(problem, 'masking-keys-weak');
}

function judgeLaterCloses({ laterCloses = 0 }: ReceivedClose): ClientFinding | undefined {
  return laterCloses === 0
    ? undefined
    : failed('The client sent another frame after its close frame.', 'goes-on-after-close');
}

function nameOf({ closeCode }: ReceivedClose): string {
  return nameCode(closeCode);
}

function nameCode(code: number): string {
  return code === 1005 ? 'no code' : String(code);
}

/** Describes what the server sent. */
export function describeAnswered({ answer, steps, expectation }: ClientCase): string {
  const first = answer.head === '' ? 'nothing' : expectation.type === 'rejection' ? 'a wrong answer' : 'the 101 answer';
  const cut = describeCut(answer.cut);
  const parts = steps.map((step) => describeStep(step, 'server')).filter((part) => part !== '');
  const head = [first, cut].filter((part) => part !== '').join(', ');
  return [head, ...parts, ...(answer.endsTcp ? ['the end of TCP'] : [])].join('; ');
}

function describeExpected(expectation: ClientExpectation): string {
  if (expectation.type === 'rejection') return 'no frame; the end of TCP';
  return describeExpectation(expectation)
    .replace(/^status 101; /, '')
    .replace(/; the end of TCP$/, '');
}

/** Describes what the client sent after its request. */
function describeClient({ received, frameFault, close, hungUpAfter, end }: ClientTranscript): string {
  const parts = foldRuns(received.map((item) => describeReceived(item.opcode, item.payload)));
  if (frameFault !== undefined) parts.push(`a frame that breaks ${frameFault.rule}`);
  if (close !== undefined) {
    const code = close.closeCode === 1005 ? 'close without a code' : `close ${close.closeCode}`;
    parts.push(close.reason === '' ? code : `${code} ${quoteText(close.reason)}`);
  }
  if (hungUpAfter !== undefined) parts.push(`${countBytes(hungUpAfter)} in all before the server hung up`);
  if (end !== undefined) parts.push(`${end.reset ? 'a reset' : 'the end'} of TCP after ${Math.round(end.timeMs)} ms`);
  return parts.length === 0 ? 'nothing after the request' : parts.join('; ');
}
