import { computeAccept, WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { BASE64_STEP, SENDING_STEP } from './answer-steps.ts';
import { DIGEST_STEP, HASH_STEP } from './hash-steps.ts';
import { KEY_STEP } from './key-step.ts';
import { mistypedGuids } from './mistyped-guid.ts';
import { type Computation, join, type Mistake, type Step, type WrongWay } from './step.ts';
import { GUID_STEP, TEXT_STEP } from './text-steps.ts';
import { UNSEEN_KEYS } from './unseen-key.ts';

/** The steps from the key to the answer, in the order in which a server does them. RFC 6455 §4.2.2. */
export const STEPS: readonly Step[] = [
  KEY_STEP,
  GUID_STEP,
  TEXT_STEP,
  HASH_STEP,
  DIGEST_STEP,
  BASE64_STEP,
  SENDING_STEP,
];

/** A step that was done wrong: its result, and the right result from the same input. */
export interface WrongStep {
  readonly step: Step;
  readonly mistake: Mistake;
  readonly made: Uint8Array;
  readonly instead: Uint8Array;
}

/** One way from the key to an answer, right or wrong. */
export interface Way {
  readonly computation: Computation;
  /** In the order of the steps; empty if every step is right. */
  readonly wrongSteps: readonly WrongStep[];
}

const NOTHING = new Uint8Array(0);

/** The right way. */
export function rightWay(key: string): Way {
  const [way] = waysFrom(start(key), 0, 0);
  if (way === undefined) throw new Error(`No step goes from the key to ${computeAccept(key)}.`);
  return way;
}

/**
 * Every way from the key to an answer with exactly this number of mistakes. A mistake that changes nothing for this key
 * does not count. If two mistakes in one step have the same result, only the first is tried.
 */
export function waysWith(mistakes: number, key: string): Generator<Way> {
  return waysFrom(start(key), 0, mistakes);
}

function start(key: string): Way {
  const computation = {
    key: encodeText(key),
    guid: NOTHING,
    hashed: NOTHING,
    digest: NOTHING,
    encoded: NOTHING,
    base64: NOTHING,
    answer: NOTHING,
  };
  return { computation, wrongSteps: [] };
}

function* waysFrom(way: Way, index: number, mistakes: number): Generator<Way> {
  const step = STEPS[index];
  if (step === undefined) {
    if (mistakes === 0) yield way;
    return;
  }
  const right = step.right(way.computation);
  yield* waysFrom({ ...way, computation: { ...way.computation, [step.makes]: right } }, index + 1, mistakes);
  if (mistakes === 0) return;
  const seen = new Set([decodeLatin1(right)]);
  for (const mistake of step.wrong) {
    const made = mistake.make(way.computation);
    const already = seen.size;
    if (seen.add(decodeLatin1(made)).size === already) continue;
    yield* waysFrom(takeWrong(way, step, mistake, made, right), index + 1, mistakes - 1);
  }
}

function takeWrong(way: Way, step: Step, mistake: WrongWay, made: Uint8Array, instead: Uint8Array): Way {
  return {
    computation: { ...way.computation, [step.makes]: made },
    wrongSteps: [...way.wrongSteps, { step, mistake, made, instead }],
  };
}

/** Every known mistake, in the order of the steps. */
export const MISTAKES: readonly Mistake[] = STEPS.flatMap((step) => step.wrong);

/**
 * The way to an answer with one mistake of those that are too many, or too rare, to be tried together with others: a GUID with
 * a mistake of typing, and a key that the server did not find.
 */
export function rareWayTo(answer: string, key: string): Way | undefined {
  const digest = digestOf(answer);
  if (digest === undefined) return undefined;
  const { computation } = start(key);
  for (const mistake of UNSEEN_KEYS) {
    const made = mistake.make(computation);
    if (!isDigestOf(digest, join(made, WEBSOCKET_GUID))) continue;
    const [way] = waysFrom(takeWrong(start(key), KEY_STEP, mistake, made, computation.key), 1, 0);
    return way;
  }
  const right = GUID_STEP.right(computation);
  for (const mistake of mistypedGuids()) {
    const made = mistake.make(computation);
    if (!isDigestOf(digest, join(computation.key, made))) continue;
    const [way] = waysFrom(takeWrong(start(key), GUID_STEP, mistake, made, right), 2, 0);
    return way;
  }
  return undefined;
}

/** The 20 bytes of an answer in base64; undefined if it is anything else. */
function digestOf(answer: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{27}=$/.test(answer)) return undefined;
  return Uint8Array.from(atob(answer), (character) => character.charCodeAt(0));
}

function isDigestOf(digest: Uint8Array, hashed: Uint8Array): boolean {
  const made = HASH_STEP.right({ hashed } as Computation);
  return made.every((byte, i) => byte === digest[i]);
}
