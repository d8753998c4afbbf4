import { citeSection } from '../protocol/rule.ts';
import { whyNotApplicable } from './applies.ts';
import type { ClosingExpectation, ConformanceCase, Expectation, FailureExpectation } from './case.ts';
import { isCloseFrame } from './close-step.ts';
import { describeSent } from './describe.ts';
import { describeExpectation } from './describe-expectation.ts';
import { describeTranscript } from './describe-transcript.ts';
import { judgeClosing, judgeFailure } from './judge-closing.ts';
import { judgeOpening, judgePartOfOpening, judgeRefusal } from './judge-opening.ts';
import { judgeReceived } from './judge-received.ts';
import { nameCause } from './name-cause.ts';
import { reasonOf } from './reasons.ts';
import type { Transcript } from './transcript.ts';
import { allowed, type Finding, failed, type Verdict } from './verdict.ts';

/** Compares what came back with what the case requires. */
export function judge(conformanceCase: ConformanceCase, transcript: Transcript): Verdict {
  const { outcome, finding, symptom } = softenIfTooEarly(conformanceCase, findingOf(conformanceCase, transcript));
  const sent = describeSent(
    conformanceCase,
    transcript.response !== undefined && transcript.responseFault === undefined,
  );
  const expected = describeExpectation(conformanceCase.expectation);
  const cameBack = describeTranscript(transcript);
  const requirement = `${citeSection(conformanceCase.section)}: ${conformanceCase.requirement}`;
  return {
    ...{ outcome, finding, sent, expected, cameBack, requirement, why: reasonOf(conformanceCase) },
    cause: symptom === undefined ? '' : nameCause(conformanceCase, symptom),
    sentence: `${finding} Sent: ${sent}. Came back: ${cameBack}. ${requirement}`,
  };
}

function findingOf(conformanceCase: ConformanceCase, transcript: Transcript): Finding {
  const { expectation } = conformanceCase;
  if (transcript.connectError !== undefined) {
    return failed('The server accepted no TCP connection.', { kind: 'no-connection' });
  }
  if (transcript.hungUpAfter !== undefined) {
    return failed('The server sent far more than the case calls for, so the suite hung up.', { kind: 'flood' });
  }
  if (expectation.type === 'refusal') return judgeRefusal(expectation, transcript);
  if (expectation.type === 'opening') return judgePartOfOpening(expectation, transcript);
  return (
    judgeOpening(expectation, transcript) ??
    judgeNeeds(conformanceCase, transcript) ??
    judgeFrames(expectation, transcript) ??
    judgePauses(conformanceCase, transcript) ??
    judgeAwaited(conformanceCase, expectation, transcript) ??
    (expectation.type === 'failure'
      ? judgeFailure(expectation, transcript)
      : judgeClosing(expectation, conformanceCase.steps, transcript))
  );
}

/** A case about an extension says nothing about a server that does not accept it. */
function judgeNeeds(conformanceCase: ConformanceCase, { extensions }: Transcript): Finding | undefined {
  const why = whyNotApplicable(conformanceCase, extensions);
  return why === undefined ? undefined : allowed(why);
}

/** The server must keep the rules itself. */
function judgeFrames(expectation: Expectation, { frameFault }: Transcript): Finding | undefined {
  if (frameFault === undefined) return undefined;
  const { rule, section, requirement } = frameFault;
  if (expectation.type === 'failure' && expectation.excused === rule) {
    return allowed(`The server echoed what breaks ${rule}. The RFC obliges no receiver to check it.`);
  }
  const finding = `The server sent a frame that breaks ${rule} (${citeSection(section)}): ${requirement}`;
  return failed(finding, { kind: 'broken-frame', rule });
}

/** During a pause nothing may come. */
function judgePauses({ steps }: ConformanceCase, { received, close, end }: Transcript): Finding | undefined {
  const early = [...received, close, end].find((event) => event !== undefined && steps[event.step]?.type === 'quiet');
  return (
    early &&
    failed('The server sent something or hung up during a pause, although nothing it had received called for that.', {
      kind: 'acted-in-pause',
    })
  );
}

/**
 * An answer that arrives after the client has given up waiting for it and sent the rest is too late. If the answers are
 * wrong, nobody knows which one was awaited: a server that answers no ping is not late.
 */
function judgeAwaited(
  { steps }: ConformanceCase,
  expectation: FailureExpectation | ClosingExpectation,
  transcript: Transcript,
): Finding | undefined {
  const { received } = transcript;
  if (judgeReceived(expectation, transcript)?.outcome === 'failed') return undefined;
  const isLate = steps.some((step, index) => {
    if (step.type !== 'await') return false;
    const last = received[step.received - 1];
    return last !== undefined && last.step > index;
  });
  return isLate
    ? failed('The answer came too late: the client had stopped waiting for it and sent the rest.', { kind: 'late' })
    : undefined;
}

/** What a server may do with frames that no client may send yet: anything but a wrong answer. */
const EXCUSED_IF_TOO_EARLY = ['not-opened', 'missing-item', 'closed-early', 'late'];

/**
 * A client must wait for the response before it sends frames. RFC 6455 §4.1. If it does not, a server may reject them.
 */
function softenIfTooEarly({ opening, steps: [first] }: ConformanceCase, found: Finding): Finding {
  if (!opening.withFirstStep || found.symptom === undefined) return found;
  const { kind } = found.symptom;
  const ignoresClose = kind === 'close-unanswered' && first !== undefined && isCloseFrame(first);
  if (!ignoresClose && !EXCUSED_IF_TOO_EARLY.includes(kind)) return found;
  return allowed(`${found.finding} It may: RFC 6455 §4.1 lets no client send frames before the response.`);
}
