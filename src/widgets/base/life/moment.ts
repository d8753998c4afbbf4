import type { Side } from '../../../lab/loopback.ts';
import type { Transition } from '../../../protocol/endpoint/ready-state.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { countBytes } from '../../../text/count.ts';
import type { Entry, FrameEntry, HandshakeEntry, ScriptLine } from '../log/entry.ts';
import { appendToLog, EMPTY_LOG } from '../log/log.ts';
import type { SourceEvent } from '../source/source.ts';

/** Something that went from one end of a connection to the other. */
export interface Moment {
  readonly kind: 'tcp' | 'request' | 'response' | 'frame' | 'end';
  readonly from: Side;
  /** When the server saw it, since it accepted the connection. */
  readonly timeMs: number;
  readonly title: string;
  readonly detail: string;
  /** The call of the page's JavaScript that caused it, and the event that reported it. */
  readonly said: ScriptLine | undefined;
  readonly told: ScriptLine | undefined;
  /** How it changes the state of its sender, and of its receiver. */
  readonly onSender: Transition | 'begin' | undefined;
  readonly onReceiver: Transition | 'begin' | undefined;
  readonly entry: HandshakeEntry | FrameEntry | undefined;
}

/** The life of one connection, from TCP's beginning to its end or to what has happened so far. */
export function momentsOf(events: readonly SourceEvent[]): Moment[] {
  const accepted = events.find((event) => event.type === 'wire' && event.message.type === 'open');
  const clean = events.some((event) => event.type === 'wire' && event.message.type === 'close' && event.message.clean);
  const { entries } = appendToLog(EMPTY_LOG, events);
  return [...(accepted === undefined ? [] : [TCP]), ...entries.flatMap((entry) => momentOf(entry, clean))];
}

const TCP: Moment = {
  kind: 'tcp',
  from: 'client',
  timeMs: 0,
  title: 'TCP connection',
  detail: 'accepted',
  said: undefined,
  told: undefined,
  onSender: 'begin',
  onReceiver: 'begin',
  entry: undefined,
};

function momentOf(entry: Entry, clean: boolean): Moment[] {
  if (entry.kind === 'script') return [];
  const common = {
    from: entry.fromClient ? 'client' : 'server',
    timeMs: entry.timeMs ?? 0,
    said: entry.said,
    told: entry.told,
  } as const;
  if (entry.kind === 'end') {
    const both = { onSender: 'tcpClosed', onReceiver: 'tcpClosed' } as const;
    const detail = clean ? 'the server ends it' : 'without both close frames';
    return [{ ...common, ...both, kind: 'end', title: 'end of TCP', detail, entry: undefined }];
  }
  const detail = countBytes(entry.byteLength);
  if (entry.kind === 'frame') {
    const { opcodeName, preview, fin } = entry;
    const title = `${opcodeName}${fin ? '' : ', more follows'}${preview === '' ? '' : ` ${preview}`}`;
    return [{ ...common, ...transitionsOfFrame(entry), kind: 'frame', title, detail, entry }];
  }
  const kind = entry.fromClient ? 'request' : 'response';
  const title = entry.fromClient ? 'request' : entry.firstLine.replace(/^HTTP\/\d\.\d /, '');
  return [{ ...common, ...transitionsOfHead(entry), kind, title, detail, entry }];
}

/** RFC 6455 §4.1, §4.2.2. */
function transitionsOfHead({ fromClient, firstLine }: HandshakeEntry): Pick<Moment, 'onSender' | 'onReceiver'> {
  if (fromClient) return { onSender: undefined, onReceiver: undefined };
  const transition = /^HTTP\/1\.\d 101\b/.test(firstLine) ? 'handshakeDone' : 'failed';
  return { onSender: transition, onReceiver: transition };
}

/** RFC 6455 §7.1.3, §7.1.7. */
function transitionsOfFrame({ opcode, violations }: FrameEntry): Pick<Moment, 'onSender' | 'onReceiver'> {
  if (violations.length > 0) return { onSender: undefined, onReceiver: 'failed' };
  if (opcode !== OPCODE.close) return { onSender: undefined, onReceiver: undefined };
  return { onSender: 'closeSent', onReceiver: 'closeReceived' };
}
