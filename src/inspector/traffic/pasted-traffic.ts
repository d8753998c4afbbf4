import { formatHex } from '../../bytes/hex.ts';
import { dumpInflated } from '../deflate/inflated-dump.ts';
import { createEndingFinder } from '../endings/create-ending-finder.ts';
import { readExchange } from '../formats/exchange.ts';
import type { Pasted } from '../formats/pasted.ts';
import { SCHEMA_VERSION, type WireMessage } from '../wire/wire.ts';
import { eventsOfPasted } from './pasted-events.ts';
import { TrafficExplainer, type TrafficMessage } from './traffic-explainer.ts';

const CONNECTION = 1;
const NO_TIME = { connection: CONNECTION, timeMs: 0 } as const;

/** Explains bytes that were pasted or logged as text. */
export function* explainPasted(pasted: Pasted): Generator<TrafficMessage, void, undefined> {
  const events = eventsOfPasted(pasted);
  if (events === undefined) {
    yield* explainRun(pasted);
    return;
  }
  for (const sentence of pasted.notes) yield { type: 'note', sentence };
  const explainer = new TrafficExplainer(true);
  for (const event of events) yield* explainer.take(event);
  yield* explainer.end();
}

/** One connection without times, whose sides only the heads and the MASK bits tell apart. */
function* explainRun(pasted: Pasted): Generator<TrafficMessage, void, undefined> {
  const { heads, frames, notes, incomplete } = readExchange(pasted);
  for (const sentence of [...pasted.notes, ...notes]) yield { type: 'note', sentence };
  const finder = createEndingFinder(CONNECTION, true);
  const tell = (message: WireMessage) => {
    finder.take(message);
    return message;
  };
  const target = heads.find(({ kind }) => kind === 'request')?.firstLine.split(' ')[1] ?? '';
  yield tell({ type: 'open', schema: SCHEMA_VERSION, ...NO_TIME, path: target.replace(/[?#].*$/s, ''), remote: '' });
  for (const { kind, bytes } of heads) {
    const direction = kind === 'request' ? 'in' : 'out';
    const { length: byteLength } = bytes;
    yield tell({ type: 'handshake', ...NO_TIME, direction, offset: 0, byteLength, hex: formatHex(bytes) });
  }
  for (const { offset, dump, sender, inflated } of frames) {
    const isFromClient = sender === undefined ? dump.masked === true : sender === 'client';
    const whole = inflated === undefined ? dump : { ...dump, inflated: dumpInflated(inflated) };
    yield tell({ type: 'frame', ...NO_TIME, direction: isFromClient ? 'in' : 'out', offset, ...whole });
  }
  for (const { sentence } of incomplete) yield { type: 'note', connection: CONNECTION, sentence };
  yield finder.ending();
}
