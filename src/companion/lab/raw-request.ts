import { bytesOfHex } from '../../bytes/hex.ts';
import { parseHex } from '../../inspector/hex/parse-hex.ts';
import { MAX_RAW_BYTES, MAX_RAW_CHARACTERS, MAX_RAW_MS, MAX_RAW_STEPS, type ParsedRawStep } from './raw-step.ts';

/**
 * Reads a page's request for a raw connection: `{"hex":"…"}`, or `{"steps":[{"hex":"…"},{"waitMs":100},…]}`.
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
  if (list.length > MAX_RAW_STEPS)
    return { problem: `There are ${list.length} steps. At most ${MAX_RAW_STEPS} are allowed.` };
  return checkSteps(list);
}

function checkSteps(list: readonly unknown[]): ReturnType<typeof parseRawRequest> {
  const steps: ParsedRawStep[] = [];
  let byteLength = 0;
  let waitedMs = 0;
  const characters = list.reduce<number>((sum, value) => sum + charactersOf(value), 0);
  if (characters > MAX_RAW_CHARACTERS) {
    return {
      problem: `The hex has ${characters} characters. At most ${MAX_RAW_CHARACTERS} are allowed, for ${MAX_RAW_BYTES} bytes.`,
    };
  }
  for (const [index, value] of list.entries()) {
    const step = checkStep(value, index);
    if ('problem' in step) return step;
    steps.push(step);
    if ('bytes' in step) byteLength += step.bytes.length;
    else waitedMs += step.waitMs;
    // A dump can repeat rows, so a few characters can be many bytes.
    if (byteLength > MAX_RAW_BYTES)
      return { problem: `There are ${byteLength} bytes. At most ${MAX_RAW_BYTES} are allowed.` };
  }
  if (waitedMs > MAX_RAW_MS)
    return { problem: `The waits add up to ${waitedMs} ms. At most ${MAX_RAW_MS} are allowed.` };
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
    return { problem: `Step ${index} must be {"hex":"…"}, or {"waitMs":…} with a number of at least 0.` };
  }
  const parsed = PLAIN_HEX.test(value['hex']) ? { bytes: bytesOfHex(value['hex']) } : parseHex(value['hex']);
  return 'bytes' in parsed ? parsed : { problem: `Step ${index}: ${parsed.problem.sentence}` };
}

/** The form that the pages send. {@link parseHex} reads it too, but ten times as slowly: a megabyte would block the server. */
const PLAIN_HEX = /^(?:[0-9a-f]{2})*$/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
