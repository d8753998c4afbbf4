import type { Outcome } from '../../conformance/verdict.ts';

/** The results of another server in the conformance suite, written by scripts/record-peers.ts. */
export interface PeerRecording {
  readonly id: string;
  /** Its place on the page. */
  readonly order: number;
  readonly name: string;
  readonly version: string;
  /** The package that was tested, with its full version. */
  readonly package: string;
  /** The language runtime and the system. */
  readonly runtime: string;
  /** Year, month and day. */
  readonly recordedOn: string;
  /** The path of the echo server, from the project's root. */
  readonly program: string;
  /** The commands that repeat the run. */
  readonly commands: readonly string[];
  readonly sections: readonly SectionCounts[];
  readonly allowed: readonly AllowedCases[];
  readonly failed: readonly FailedCase[];
}

/** The number of cases of a section with each outcome. */
export type SectionCounts = { readonly section: string } & Readonly<Record<Outcome, number>>;

/** Cases that got the same allowed answer. */
export interface AllowedCases {
  readonly finding: string;
  readonly ids: readonly string[];
}

/** The result of a failed case. Its texts are in the suite. */
export interface FailedCase {
  readonly id: string;
  readonly finding: string;
  /** A name in the suite's table of causes. */
  readonly cause: string;
  readonly sent: string;
  readonly cameBack: string;
  /** The request, one character for each byte; empty unless the case is about it. */
  readonly sentHead: string;
  /** The first bytes in each direction, two digits for each byte. */
  readonly sentHex: string;
  readonly receivedHex: string;
}

/** Formats a recording as JSON with one case per line, so that two can be compared line by line. */
export function formatPeerRecording({ sections, allowed, failed, ...rest }: PeerRecording): string {
  const lines = (rows: readonly object[]) => rows.map((row) => `\n    ${JSON.stringify(row)}`).join(',');
  const lists = { sections, allowed, failed };
  const parts = Object.entries(lists).map(
    ([name, rows]) => `  ${JSON.stringify(name)}: [${lines(rows)}${rows.length > 0 ? '\n  ' : ''}]`,
  );
  return `${JSON.stringify(rest, null, 2).slice(0, -2)},\n${parts.join(',\n')}\n}\n`;
}

/**
 * Reads a recording.
 *
 * @throws Error if it is not a recording, or its numbers do not agree
 */
export function readPeerRecording(text: string): PeerRecording {
  const value = JSON.parse(text) as Partial<Record<string, unknown>>;
  const who = typeof value['id'] === 'string' ? value['id'] : 'a peer';
  const texts = ['id', 'name', 'version', 'runtime', 'package', 'recordedOn', 'program'];
  const wrong =
    texts.find((name) => typeof value[name] !== 'string') ??
    (Number.isInteger(value['order']) ? undefined : 'order') ??
    (isListOf(value['commands'], (each) => typeof each === 'string') ? undefined : 'commands') ??
    (isListOf(value['sections'], isSectionCounts) ? undefined : 'sections') ??
    (isListOf(value['allowed'], isAllowedCases) ? undefined : 'allowed') ??
    (isListOf(value['failed'], isFailedCase) ? undefined : 'failed');
  if (wrong !== undefined) throw new Error(`The recording of ${who} has no valid "${wrong}". ${RECORD_AGAIN}`);
  const recording = value as unknown as PeerRecording;
  const counts = countOutcomes(recording);
  const allowed = recording.allowed.reduce((sum, { ids }) => sum + ids.length, 0);
  if (counts.allowed !== allowed || counts.failed !== recording.failed.length) {
    throw new Error(`The recording of ${who} counts and lists different numbers of cases. ${RECORD_AGAIN}`);
  }
  return recording;
}

const RECORD_AGAIN = 'Record it again: npm run record-peers';

/** The number of cases with each outcome, over all sections. */
export function countOutcomes({ sections }: Pick<PeerRecording, 'sections'>): Readonly<Record<Outcome, number>> {
  const sumOf = (outcome: Outcome) => sections.reduce((sum, counts) => sum + counts[outcome], 0);
  return { passed: sumOf('passed'), allowed: sumOf('allowed'), failed: sumOf('failed') };
}

function isListOf(value: unknown, isValid: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isValid);
}

function isSectionCounts(value: unknown): boolean {
  const { section, passed, allowed, failed } = recordOf(value);
  return typeof section === 'string' && [passed, allowed, failed].every((count) => Number.isInteger(count));
}

function isAllowedCases(value: unknown): boolean {
  const { finding, ids } = recordOf(value);
  return typeof finding === 'string' && isListOf(ids, (id) => typeof id === 'string');
}

const DIGITS = /^(?:[0-9a-f]{2})*$/;

function isFailedCase(value: unknown): boolean {
  const { id, finding, cause, sent, cameBack, sentHead, sentHex, receivedHex } = recordOf(value);
  return (
    [id, finding, cause, sent, cameBack, sentHead].every((each) => typeof each === 'string') &&
    [sentHex, receivedHex].every((hex) => typeof hex === 'string' && DIGITS.test(hex))
  );
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
