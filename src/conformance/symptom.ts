import type { ExpectedItem } from './case.ts';
import type { ReceivedItem } from './transcript.ts';

/** What went wrong in a failed case, for a program: name-cause.ts makes a cause of it. */
export type Symptom =
  | { readonly kind: SimpleSymptom }
  /** The server sent a frame that breaks a rule. */
  | { readonly kind: 'broken-frame'; readonly rule: string }
  | { readonly kind: 'wrong-item'; readonly expected: ExpectedItem; readonly came: ReceivedItem }
  | { readonly kind: 'missing-item'; readonly expected: ExpectedItem }
  | { readonly kind: 'extra-item'; readonly came: ReceivedItem };

export type SimpleSymptom =
  /** There was no TCP connection. */
  | 'no-connection'
  /** Far more came back than the case calls for. */
  | 'flood'
  /** Something came while the server had no reason to send anything. */
  | 'acted-in-pause'
  /** The right answer came, but after the client had given up on it. */
  | 'late'
  /** A correct opening request got no connection. */
  | 'not-opened'
  /** A wrong opening request got a connection. */
  | 'opened'
  /** A wrong opening request got an answer of success, or none. */
  | 'not-refused'
  /** A refusal without a header that it needs. */
  | 'refusal-header'
  /** A refusal that blames the server itself. */
  | 'server-error'
  /** A frame that breaks a rule was taken for a right one. */
  | 'accepted'
  /** A frame that breaks a rule was answered with another close code. */
  | 'wrong-failure-code'
  /** The server closed although nothing was wrong. */
  | 'closed-early'
  | 'close-unanswered'
  | 'wrong-close-code'
  /** TCP stayed open after the close frame. */
  | 'tcp-open';
