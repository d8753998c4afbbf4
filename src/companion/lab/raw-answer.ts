import type { WireMessage } from '../../inspector/wire/wire.ts';
import { checkWireMessage } from '../../inspector/wire/wire-shape.ts';

/** A message to the page about its raw connection: the bytes on its wire, then one `done` or `problem`. */
export type RawAnswer = WireMessage | RawDone | RawProblem;

/** Why a raw run ended. */
export type RawEnd =
  /** The companion ended TCP. */
  | 'server'
  /** Everything was sent, and no answer came for a while: the lab hung up. */
  | 'quiet'
  /** It took too long. */
  | 'time'
  /** More came back than the lab passes on. */
  | 'too-much';

const RAW_ENDS: readonly unknown[] = ['server', 'quiet', 'time', 'too-much'] satisfies readonly RawEnd[];

/** The run is over. */
export interface RawDone {
  readonly type: 'done';
  readonly end: RawEnd;
  /** The first bytes of the body of a response other than 101, if it is text. */
  readonly body: string;
}

/** The companion could not carry out the request. */
export interface RawProblem {
  readonly type: 'problem';
  readonly sentence: string;
}

/** Reads one message from the lab. It can be anything, because another program might listen on the port. Never throws. */
export function parseRawAnswer(text: string): { readonly answer: RawAnswer } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'the message is not JSON' };
  }
  if (isDone(value) || isProblem(value)) return { answer: value };
  const checked = checkWireMessage(value);
  return 'message' in checked ? { answer: checked.message } : checked;
}

function isDone(value: unknown): value is RawDone {
  if (!isRecord(value) || value['type'] !== 'done') return false;
  return RAW_ENDS.includes(value['end']) && typeof value['body'] === 'string';
}

function isProblem(value: unknown): value is RawProblem {
  return isRecord(value) && value['type'] === 'problem' && typeof value['sentence'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
