import type { OnTheWire, Outcome, Told } from './outcome.ts';

/** What one browser did about the acts that it was shown. */
export interface BreakRecording {
  /** Name and version. */
  readonly browser: string;
  readonly outcomes: readonly Outcome[];
}

/** A recording as JSON, one outcome a line, so that two can be compared by lines. */
export function formatBreakRecording({ browser, outcomes }: BreakRecording): string {
  const lines = outcomes.map((outcome) => `\n  ${JSON.stringify(outcome)}`).join(',');
  return `{\n"browser": ${JSON.stringify(browser)},\n"outcomes": [${lines}\n]\n}\n`;
}

/** Reads a recording, from a file or from what a browser kept; the problem names what is wrong. Never throws. */
export function parseBreakRecording(
  text: string,
): { readonly recording: BreakRecording } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'the recording is not JSON' };
  }
  if (!isRecord(value) || typeof value['browser'] !== 'string') return { problem: 'browser must be a text' };
  const { browser, outcomes } = value;
  if (!Array.isArray(outcomes)) return { problem: 'outcomes must be a list' };
  const wrong = outcomes.findIndex((outcome) => !isOutcome(outcome));
  if (wrong >= 0) return { problem: `outcomes[${wrong}] is no outcome: {act, wire, told}` };
  return { recording: { browser, outcomes: outcomes as Outcome[] } };
}

function isOutcome(value: unknown): value is Outcome {
  if (!isRecord(value) || typeof value['act'] !== 'string') return false;
  const { wire, told } = value;
  return Array.isArray(wire) && wire.every(isOnTheWire) && Array.isArray(told) && told.every(isTold);
}

function isOnTheWire(value: unknown): value is OnTheWire {
  if (!isRecord(value)) return false;
  const { kind, from, hex } = value;
  return (
    (kind === 'response' || kind === 'frame') &&
    (from === 'server' || from === 'client') &&
    typeof hex === 'string' &&
    hex.length % 2 === 0 &&
    !/[^0-9a-f]/.test(hex)
  );
}

function isTold(value: unknown): value is Told {
  if (!isRecord(value)) return false;
  const { event, data, code, reason, wasClean } = value;
  if (event === 'message') return typeof data === 'string';
  if (event !== 'close') return event === 'open' || event === 'error' || event === 'page closes';
  return typeof code === 'number' && typeof reason === 'string' && typeof wasClean === 'boolean';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
