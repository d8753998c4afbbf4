import { formatHex } from '../../bytes/hex.ts';
import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import type { Violation } from '../../protocol/violation.ts';
import type { Exercise, Verdict } from './exercise.ts';
import { pickByteQuestion } from './pick-byte.ts';
import { SeededRandom } from './random.ts';

/** Bytes that break a rule in their last frame, and who sent them. */
export interface BrokenBytes {
  readonly bytes: Uint8Array;
  readonly sender: 'client' | 'server';
}

/**
 * The exercise "which byte breaks the rule?". The rules themselves find the place; any byte they speak of is right.
 *
 * @param draw gives bytes that break a rule
 * @throws Error when what was drawn breaks none
 */
export function pickViolationExercise(
  id: string,
  title: string,
  draw: (random: SeededRandom) => BrokenBytes,
): Exercise {
  return {
    id,
    title,
    generate(seed) {
      const { bytes, sender } = draw(new SeededRandom(seed));
      const { violation, offset } = findViolation(bytes, sender);
      const [start, end] = [offset + violation.start, offset + violation.end];
      const requirement = ruleNamed(violation.rule)?.requirement ?? violation.rule;
      return {
        question: pickByteQuestion(bytes, {
          task: `A ${sender} sent this. Which byte breaks a rule? Pick one.`,
          hint: `The rule is in §${violation.section} of RFC 6455.`,
          steps: [requirement],
          answer: start,
        }),
        verify: ([picked]) => judge(Number(picked), start, end, requirement, violation),
      };
    },
  };
}

function findViolation(bytes: Uint8Array, sender: 'client' | 'server') {
  for (const { dump, offset } of decodeFrames(bytes, sender).frames) {
    const [violation] = dump.violations;
    if (violation !== undefined) return { violation, offset };
  }
  throw new Error(`The bytes ${formatHex(bytes)} of a ${sender} break no rule: draw others.`);
}

function judge(
  at: number,
  start: number,
  end: number,
  requirement: string,
  { section, statusCode }: Violation,
): Verdict {
  const range = { start: at, end: at + 1 };
  if (at >= start && at < end) {
    return {
      right: true,
      sentence: `Right. ${requirement} The receiver fails the connection with ${statusCode}.`,
      range,
    };
  }
  return { right: false, sentence: `Byte ${at + 1} breaks no rule. Look for what §${section} forbids.`, range };
}
