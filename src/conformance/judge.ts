import { citeSection } from '../protocol/rule.ts';
import type { ConformanceCase, Expectation } from './case.ts';
import { describeSent } from './describe.ts';
import { describeTranscript } from './describe-transcript.ts';
import { judgeClosing, judgeFailure } from './judge-closing.ts';
import { judgeOpening, judgeRefusal } from './judge-opening.ts';
import { reasonOf } from './reasons.ts';
import type { Transcript } from './transcript.ts';
import { allowed, type Finding, failed, type Verdict } from './verdict.ts';

/** Holds what came back against what the case demands. */
export function judge(conformanceCase: ConformanceCase, transcript: Transcript): Verdict {
  const { outcome, finding } = findingOf(conformanceCase, transcript);
  const sent = describeSent(
    conformanceCase,
    transcript.response !== undefined && transcript.responseFault === undefined,
  );
  const cameBack = describeTranscript(transcript);
  const requirement = `${citeSection(conformanceCase.section)}: ${conformanceCase.requirement}`;
  const sentence = `${finding} Sent: ${sent}. Came back: ${cameBack}. ${requirement}`;
  return { outcome, finding, sent, cameBack, requirement, why: reasonOf(conformanceCase), sentence };
}

function findingOf(conformanceCase: ConformanceCase, transcript: Transcript): Finding {
  const { expectation } = conformanceCase;
  if (transcript.connectError !== undefined) return failed('There is no connection to judge.');
  if (transcript.hungUpAfter !== undefined) {
    return failed('The server sent far more than what had been asked for: the check hung up.');
  }
  if (expectation.type === 'refusal') return judgeRefusal(expectation, transcript);
  return (
    judgeOpening(expectation, transcript) ??
    judgeFrames(expectation, transcript) ??
    judgePauses(conformanceCase, transcript) ??
    judgeAwaited(conformanceCase, transcript) ??
    (expectation.type === 'failure'
      ? judgeFailure(expectation, transcript)
      : judgeClosing(expectation, conformanceCase.steps, transcript))
  );
}

/** The server has to keep the rules itself. */
function judgeFrames(expectation: Expectation, { frameFault }: Transcript): Finding | undefined {
  if (frameFault === undefined) return undefined;
  const { rule, section, requirement } = frameFault;
  const finding = `The server sent a frame that breaks ${rule} (RFC 6455 §${section}): ${requirement}`;
  return expectation.type === 'failure' && expectation.excused === rule ? allowed(finding) : failed(finding);
}

/** In a pause nothing may come. */
function judgePauses({ steps }: ConformanceCase, { received, close, end }: Transcript): Finding | undefined {
  const early = [...received, close, end].find((event) => event !== undefined && steps[event.step]?.type === 'quiet');
  return early && failed('The server acted in a pause, when nothing that it had received gave it a reason to.');
}

/** What has been waited for in vain, and came once the client had gone on: it was due before. */
function judgeAwaited({ steps }: ConformanceCase, { received }: Transcript): Finding | undefined {
  const late = steps.some((step, index) => {
    if (step.type !== 'await') return false;
    const last = received[step.received - 1];
    return last !== undefined && last.step > index;
  });
  if (!late) return undefined;
  return failed('What was due came back too late: the client had waited for it in vain, and then sent the rest.');
}
