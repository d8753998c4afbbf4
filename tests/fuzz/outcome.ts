/** What came of a stream: what the program was told, in order, and how it ended. */
export interface Outcome {
  /** A kind and a payload in hex each: `text 4869`. */
  readonly events: readonly string[];
  readonly verdict: Verdict;
}

export type Verdict =
  /** Nothing wrong so far. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'closed'; readonly closeCode: number; readonly reason: string }
  /** `why` is for people: the two sides have their own names for what is wrong. */
  | { readonly kind: 'failed'; readonly statusCode: number; readonly why: string };

export function isSame(one: Outcome, other: Outcome): boolean {
  return (
    isSameVerdict(one.verdict, other.verdict) &&
    one.events.length === other.events.length &&
    one.events.every((event, i) => event === other.events[i])
  );
}

function isSameVerdict(one: Verdict, other: Verdict): boolean {
  if (one.kind === 'failed') return other.kind === 'failed' && one.statusCode === other.statusCode;
  if (one.kind === 'waits') return other.kind === 'waits';
  return other.kind === 'closed' && one.closeCode === other.closeCode && one.reason === other.reason;
}

export function isMessage(event: string): boolean {
  return event.startsWith('text') || event.startsWith('binary');
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Some 20 lines at most, however long the messages. */
export function formatOutcome({ events, verdict }: Outcome): string {
  const short = events.slice(-20).map((event) => (event.length > 200 ? `${event.slice(0, 200)}…` : event));
  return [...short, JSON.stringify(verdict)].map((line) => `    ${line}`).join('\n');
}
