import type { Outcome } from './outcome.ts';

/** What a browser did about an act. */
export type Reaction = 'fails' | 'takes';

/** Whether the connection was over before the page closed it, and not by a close handshake. RFC 6455 §7.1.7. */
export function reactionOf({ told }: Outcome): Reaction {
  const pageCloses = told.findIndex(({ event }) => event === 'page closes');
  const before = pageCloses < 0 ? told : told.slice(0, pageCloses);
  const close = before.find((each) => each.event === 'close');
  if (close?.event === 'close') return close.wasClean ? 'takes' : 'fails';
  return before.some(({ event }) => event === 'open') ? 'takes' : 'fails';
}

/**
 * The rules for which the RFC says that the receiver must fail the connection, and the section that
 * says so. All other rules bind only the sender.
 */
const RECEIVER_MUST_FAIL: Readonly<Record<string, string>> = {
  'response-without-upgrade': '4.1',
  'missing-accept': '4.1',
  'wrong-accept': '4.1',
  'subprotocol-not-offered': '4.1',
  'extension-not-offered': '4.1',
  'masked-server-frame': '5.1',
  'rsv1-set': '5.2',
  'rsv2-set': '5.2',
  'rsv3-set': '5.2',
  'reserved-data-opcode': '5.2',
  'reserved-control-opcode': '5.2',
  'text-not-utf8': '8.1',
  'text-cut-inside-character': '8.1',
  'close-reason-not-utf8': '8.1',
};

export interface Verdict {
  readonly tone: 'ok' | 'danger' | 'info';
  readonly sentence: string;
}

/** @param rule the one that the server broke; undefined where it broke none */
export function verdictOf(rule: string | undefined, reaction: Reaction): Verdict {
  if (rule === undefined) {
    return reaction === 'takes'
      ? { tone: 'ok', sentence: 'It accepts this, as it must: no rule is broken.' }
      : { tone: 'danger', sentence: 'It fails the connection, although no rule is broken.' };
  }
  const section = RECEIVER_MUST_FAIL[rule];
  if (section !== undefined) {
    return reaction === 'fails'
      ? { tone: 'ok', sentence: `It fails the connection, as §${section} requires.` }
      : { tone: 'danger', sentence: `It accepts this, although §${section} requires it to fail the connection.` };
  }
  if (rule === 'status-not-101') return { tone: 'ok', sentence: 'It does not open a WebSocket, as §4.1 requires.' };
  const whose = 'This rule binds the sender. The RFC lets the receiver choose.';
  return reaction === 'fails'
    ? { tone: 'ok', sentence: `It fails the connection. ${whose}` }
    : { tone: 'info', sentence: `It accepts this. ${whose}` };
}
