import { citeSection } from '../protocol/handshake/handshake-rule.ts';
import type { ConformanceCase } from './case.ts';
import { describeSteps, describeTranscript } from './describe.ts';
import { judgeClosing, judgeFailure } from './judge-closing.ts';
import { judgeOpening, judgeRefusal } from './judge-opening.ts';
import type { Transcript } from './transcript.ts';
import { type Finding, failed, type Verdict } from './verdict.ts';

/** Holds what came back against what the case demands. */
export function judge(conformanceCase: ConformanceCase, transcript: Transcript): Verdict {
  const { outcome, finding } = findingOf(conformanceCase, transcript);
  const sent = describeSteps(conformanceCase);
  const cameBack = describeTranscript(transcript);
  const requirement = `${citeSection(conformanceCase.section)}: ${conformanceCase.requirement}`;
  const sentence = `${finding} Sent: ${sent}. Came back: ${cameBack}. ${requirement}`;
  return { outcome, finding, sent, cameBack, requirement, sentence };
}

function findingOf(conformanceCase: ConformanceCase, transcript: Transcript): Finding {
  const { expectation } = conformanceCase;
  if (transcript.connectError !== undefined) return failed('There is no connection to judge.');
  if (expectation.type === 'refusal') return judgeRefusal(expectation, transcript);
  return (
    judgeOpening(transcript) ??
    judgeFrames(transcript) ??
    judgePauses(conformanceCase, transcript) ??
    (expectation.type === 'failure'
      ? judgeFailure(expectation, transcript)
      : judgeClosing(expectation, conformanceCase.steps, transcript))
  );
}

/** The server has to keep the rules itself. */
function judgeFrames({ frameFault }: Transcript): Finding | undefined {
  if (frameFault === undefined) return undefined;
  const { rule, section, requirement } = frameFault;
  return failed(`The server sent a frame that breaks ${rule} (RFC 6455 §${section}): ${requirement}`);
}

/** In a pause nothing may come. */
function judgePauses({ steps }: ConformanceCase, { received, close, end }: Transcript): Finding | undefined {
  const early = [...received, close, end].find((event) => event !== undefined && steps[event.step]?.type === 'quiet');
  return early && failed('The server acted in a pause, when nothing that it had received gave it a reason to.');
}
