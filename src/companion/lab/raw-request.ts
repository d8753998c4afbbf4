import { bytesOfHex } from '../../bytes/hex.ts';
import { parseHex } from '../../inspector/hex/parse-hex.ts';
import { MAX_RAW_CHARACTERS, MOST_RAW_BYTES, MOST_RAW_MS, MOST_RAW_STEPS, type ParsedRawStep } from './raw-step.ts';

/**
 * Reads what a page asks of a raw connection: `{"hex":"…"}`, or `{"steps":[{"hex":"…"},{"waitMs":100},…]}`.
 * Never throws.
 */
export function parseRawRequest(
  text: string,
): { readonly steps: readonly ParsedRawStep[] } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'The request is not JSON: send {"hex":"…"}.' };
  }
  const list = isRecord(value) && Array.isArray(value['steps']) ? value['steps'] : [value];
  if (list.length > MOST_RAW_STEPS) return { problem: `There are ${list.length} steps: at most ${MOST_RAW_STEPS}.` };
  return checkSteps(list);
}

function checkSteps(list: readonly unknown[]): ReturnType<typeof parseRawRequest> {
  const steps: ParsedRawStep[] = [];
  let byteLength = 0;
  let waitedMs = 0;
  const characters = list.reduce<number>((sum, value) => sum + charactersOf(value), 0);
  if (characters > MAX_RAW_CHARACTERS) {
    return {
      problem: `The hex has ${characters} characters: at most ${MAX_RAW_CHARACTERS}, for ${MOST_RAW_BYTES} bytes.`,
    };
  }
  for (const [index, value] of list.entries()) {
    const step = checkStep(value, index);
    if ('problem' in step) return step;
    steps.push(step);
    if ('bytes' in step) byteLength += step.bytes.length;
    else waitedMs += step.waitMs;
    // Few characters of a dump can stand for many bytes.
    if (byteLength > MOST_RAW_BYTES) return { problem: `There are ${byteLength} bytes: at most ${MOST_RAW_BYTES}.` };
  }
  if (waitedMs > MOST_RAW_MS) return { problem: `The waits come to ${waitedMs} ms: at most ${MOST_RAW_MS}.` };
  return { steps };
}

function charactersOf(step: unknown): number {
  return isRecord(step) && typeof step['hex'] === 'string' ? step['hex'].length : 0;
}

function checkStep(value: unknown, index: number): ParsedRawStep | { readonly problem: string } {
  if (isRecord(value) && typeof value['waitMs'] === 'number' && value['waitMs'] >= 0) {
    return { waitMs: value['waitMs'] };
  }
  if (!isRecord(value) || typeof value['hex'] !== 'string') {
    return { problem: `Step ${index} is neither {"hex":"…"} nor {"waitMs":…} with a number from 0 on.` };
  }
  const parsed = PLAIN_HEX.test(value['hex']) ? { bytes: bytesOfHex(value['hex']) } : parseHex(value['hex']);
  return 'bytes' in parsed ? parsed : { problem: `Step ${index}: ${parsed.problem.sentence}` };
}

/** What the pages send. {@link parseHex} takes it, too, and is ten times as slow: a megabyte would stop the server. */
const PLAIN_HEX = /^(?:[0-9a-f]{2})*$/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
