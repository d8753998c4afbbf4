import { type Computation, type Diagnosis, diagnosePasted } from '../../inspector/accept-doctor/diagnose.ts';
import { MISTAKES, waysWith } from '../../inspector/accept-doctor/ways.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { type Lane, laneOf } from './lane.ts';

/** The texts that the reader has pasted. */
export interface Pasted {
  readonly key: string;
  readonly answer: string;
}

/** Everything that the figure shows. */
export interface DoctorView {
  readonly diagnosis: Diagnosis;
  readonly tone: 'ok' | 'danger' | 'info';
  /** The server's steps beside the right ones; empty if they are not known. */
  readonly lanes: readonly Lane[];
  /** The mistakes that do not give this answer, if none does. */
  readonly excluded: readonly string[];
}

/** The worked example in the built page. */
export const EXAMPLE: Pasted = { key: EXAMPLE_KEY, answer: answerWith('hex-digest', EXAMPLE_KEY) };

const TONES = { right: 'ok', named: 'danger', unknown: 'danger', missing: 'info' } as const;

const LANES: readonly (readonly [part: keyof Computation, name: string, form: 'text' | 'hex'])[] = [
  ['hashed', 'text to hash', 'text'],
  ['digest', 'hash', 'hex'],
  ['encoded', 'input to base64', 'hex'],
  ['answer', 'answer', 'text'],
];

/** Names what is wrong with the answer, and compares the server's steps with the right ones. */
export function present({ key, answer }: Pasted): DoctorView {
  const diagnosis = diagnosePasted(key, answer);
  const { right, actual, verdict } = diagnosis;
  const tone = TONES[verdict];
  const excluded = verdict === 'unknown' ? MISTAKES.map(({ title }) => title) : [];
  if (right === undefined || actual === undefined) return { diagnosis, tone, lanes: [], excluded };
  // The input to base64 is the hash itself, unless the server changed it.
  const isHash = decodeLatin1(actual.encoded) === decodeLatin1(actual.digest);
  const lanes = LANES.filter(([part]) => !(isHash && part === 'encoded')).map(([part, name, form]) =>
    laneOf(name, actual[part], right[part], form),
  );
  return { diagnosis, tone, lanes, excluded };
}

/** A mistake to try, and the answer it makes. */
export interface Sample {
  readonly name: string;
  readonly title: string;
  /** As a reader would paste it: an empty answer is a header line without a value. */
  readonly answer: string;
}

/** Every known mistake, made with the pasted key. The right answer comes first. */
export function samplesFor(pastedKey: string): Sample[] {
  const { right } = diagnosePasted(pastedKey, '');
  if (right === undefined) return [];
  const key = decodeLatin1(right.key);
  const wrong = [...waysWith(1, key)].map(({ computation, wrongSteps }) => ({
    name: wrongSteps[0]?.mistake.name ?? '',
    title: wrongSteps[0]?.mistake.title ?? '',
    answer: decodeLatin1(computation.answer) || 'Sec-WebSocket-Accept:',
  }));
  return [
    { name: 'right', title: 'No mistake', answer: decodeLatin1(right.answer) },
    // The steps were taken from the last to the first.
    ...wrong.reverse(),
    { name: 'key-sent-back', title: 'The key was sent back unchanged', answer: key },
  ];
}

/**
 * The answer of a server that makes this one mistake.
 *
 * @throws RangeError when no such mistake changes anything for this key
 */
export function answerWith(mistake: string, key: string): string {
  const sample = [...waysWith(1, key)].find(({ wrongSteps }) => wrongSteps[0]?.mistake.name === mistake);
  if (sample === undefined) throw new RangeError(`No mistake named "${mistake}" can be made with the key ${key}.`);
  return decodeLatin1(sample.computation.answer);
}
