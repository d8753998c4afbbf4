import type { AllowedCases, SectionCounts } from './peer-recording.ts';

/** The results of one client in the suite for clients, and what it sends, written by scripts/record-clients.ts. */
export interface ClientRecording {
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
  /** The path of the program, from the project's root. */
  readonly program: string;
  /** The commands that repeat the run. */
  readonly commands: readonly string[];
  readonly sends: ClientHabits;
  readonly sections: readonly SectionCounts[];
  readonly allowed: readonly AllowedCases[];
  readonly failed: readonly FailedClientCase[];
}

/** A case that failed. Its texts are in the suite. */
export interface FailedClientCase {
  readonly id: string;
  readonly finding: string;
  /** A name in the suite's table of causes for clients. */
  readonly cause: string;
  readonly cameBack: string;
}

/** What a client sends if nothing is wrong. */
export interface ClientHabits {
  /** The head of its request, one character for each byte. */
  readonly request: string;
  /** The masking keys of the first frames on one connection, eight digits each. */
  readonly maskingKeys: readonly string[];
  /** The payload lengths of the frames in which it sends 1 MiB of binary; the first ones if there are many. */
  readonly mebibyte: readonly number[];
  /** How many pongs it sends for ten pings in one write. */
  readonly pongsForTen: number;
  /** The code of the close frame that its close() sends: 1005 for none in it, 0 if it sends no close frame. */
  readonly closeCode: number;
}

/** Formats a recording as JSON with one case per line, so that two can be compared line by line. */
export function formatClientRecording({ sections, allowed, failed, ...rest }: ClientRecording): string {
  const lines = (rows: readonly object[]) => rows.map((row) => `\n    ${JSON.stringify(row)}`).join(',');
  const parts = Object.entries({ sections, allowed, failed }).map(
    ([name, rows]) => `  ${JSON.stringify(name)}: [${lines(rows)}${rows.length > 0 ? '\n  ' : ''}]`,
  );
  return `${JSON.stringify(rest, null, 2).slice(0, -2)},\n${parts.join(',\n')}\n}\n`;
}

/**
 * Reads a recording.
 *
 * @throws Error if it is not the JSON of one
 */
export function readClientRecording(text: string): ClientRecording {
  const recording = JSON.parse(text) as Partial<ClientRecording>;
  const { id, sends, sections, allowed, failed } = recording;
  const isWhole = typeof id === 'string' && typeof sends?.request === 'string';
  if (!isWhole || ![sections, allowed, failed].every(Array.isArray)) {
    throw new Error('A recording of a client is damaged. Record again: npm run record-clients');
  }
  return recording as ClientRecording;
}
