import type { ConformanceCase, Step } from '../case.ts';
import type { SentItem } from '../frames.ts';
import type { ClientCase, DeflateTerms } from './client-case.ts';
import { openingAnswer } from './opening-answer.ts';

/**
 * Turns cases for servers into cases for clients: the server sends the same frames, without a mask. RFC 6455 §5.1. The
 * rules about frames, messages and closing bind both ends alike.
 *
 * Cases about the mask itself, and cases of masked bytes that are no frames, are left out.
 */
export function mirror(cases: readonly ConformanceCase[]): ClientCase[] {
  return cases.flatMap((given) => {
    const { id, title, section, rule, requirement, autobahn, heavy, needs, expectation } = given;
    const steps = given.steps.map(mirrorStep);
    if (expectation.type !== 'failure' && expectation.type !== 'closing') return [];
    if (!steps.every((step) => step !== undefined)) return [];
    const deflate: DeflateTerms | undefined = needs && { usesContext: needs === 'context' };
    return [
      {
        ...{ id, title, section, heavy, steps, expectation },
        requirement: REQUIREMENTS[requirement] ?? requirement,
        ...(rule !== undefined && { rule }),
        ...(autobahn !== undefined && { autobahn }),
        ...(deflate !== undefined && { deflate }),
        answer: openingAnswer(),
      },
    ];
  });
}

/** The same duty in the words that fit a client. */
const REQUIREMENTS: Readonly<Record<string, string>> = {
  'A server answers a close frame with a close frame, typically with the same code, and then ends TCP.':
    'A client answers a close frame with a close frame, typically with the same code. Then the server ends TCP.',
  'A server answers a ping with a pong that carries the same payload.':
    'A client answers a ping with a pong that carries the same payload.',
};

/** @returns undefined if the step has no counterpart */
function mirrorStep(step: Step): Step | undefined {
  if (step.type === 'exchange') {
    const item = mirrorItem(step.item);
    return item && { ...step, item };
  }
  if (step.type !== 'send') return step;
  const items = step.items.map(mirrorItem);
  if (!items.every((item) => item !== undefined)) return undefined;
  const { slice } = step;
  if (slice === undefined) return { ...step, items };
  const { start, end } = slice;
  const moved = end === undefined ? {} : { end: withoutMask(end) };
  return { ...step, items, slice: { start: withoutMask(start), ...moved } };
}

function mirrorItem(item: SentItem): SentItem | undefined {
  if (item.type === 'bytes') return item.meaning.endsWith('bytes FF') ? item : undefined;
  if (item.type === 'fragments') return { ...item, masked: false };
  return item.masked && item.maskingKey === undefined ? { ...item, masked: false } : undefined;
}

const MASKING_KEY_LENGTH = 4;

/** The same place in the first frame of a step if that frame has no masking key. A slice ends inside its payload. */
function withoutMask(at: number): number {
  return Math.max(0, at - MASKING_KEY_LENGTH);
}
