import { formatHex } from '../../../bytes/hex.ts';
import { createEndingFinder } from '../../../inspector/endings/create-ending-finder.ts';
import type { ExchangeFrame } from '../../../inspector/formats/exchange.ts';
import { readExchange } from '../../../inspector/formats/exchange.ts';
import type { Pasted } from '../../../inspector/formats/pasted.ts';
import { explainLater } from '../../../inspector/frame/explain-later.ts';
import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { NO_LIMITS } from '../../../inspector/frame/frame-judge.ts';
import { eventsOfPasted } from '../../../inspector/traffic/pasted-events.ts';
import { explainPasted } from '../../../inspector/traffic/pasted-traffic.ts';
import { SCHEMA_VERSION } from '../../../inspector/wire/wire.ts';
import { isControlOpcode } from '../../../protocol/framing/opcode.ts';
import { decodeLatin1 } from '../../../text/latin1.ts';
import type { DecodeRequest } from '../../base/address/decode-address.ts';
import { ConnectionCollector } from './collect-connections.ts';
import type { Side, Source, SourceConnection, SourceFrame } from './source.ts';

/** Reads pasted bytes as the command does: as connections whose sides are known, or as one run of bytes. */
export function sourceOfPasted(pasted: Pasted, request: DecodeRequest): Source {
  if (eventsOfPasted(pasted) === undefined) return sourceOfRun(pasted, request);
  const collector = new ConnectionCollector(pasted.parts.some(({ timeMs }) => timeMs !== undefined));
  for (const message of explainPasted(pasted)) collector.take(message);
  const { connections, notes } = collector;
  return { form: pasted.form, notes, connections, pasted: undefined };
}

/** Bytes whose sender only the heads, the MASK bits or the reader can tell. */
function sourceOfRun(pasted: Pasted, { sender, readsCompressed, limits }: DecodeRequest): Source {
  const { heads, notes, incomplete, frames, isCompressed } = readExchange(pasted, {
    sender: sender === 'either' ? undefined : sender,
    readsCompressed,
    limits: { ...NO_LIMITS, ...limits },
    explain: explainLater,
    inflatesLater: true,
  });
  const items = Array.from(frames, (frame) => new FrameOfRun(frame));
  const target = heads.find(({ kind }) => kind === 'request')?.firstLine.split(' ')[1] ?? '';
  const shownHeads = heads.map(({ kind, bytes }) => ({
    from: kind === 'request' ? ('client' as const) : ('server' as const),
    text: decodeLatin1(bytes),
  }));
  const connection: SourceConnection = {
    number: 1,
    path: target.replace(/[?#].*$/s, ''),
    heads: shownHeads,
    items,
    noun: 'frames',
    brokenCount: items.filter(({ violations }) => violations.length > 0).length,
    ending: items.length === 0 && heads.length === 0 ? undefined : endingOf(heads, items),
    isCompressed,
    notes: incomplete.map(({ sentence }) => sentence),
  };
  return { form: pasted.form, notes: [...pasted.notes, ...notes], connections: [connection], pasted };
}

/** Of more frames, the ending is told from those that can decide it: explaining all of them takes seconds. */
const MAX_TOLD_FRAMES = 5000;

function endingOf(heads: ReturnType<typeof readExchange>['heads'], items: readonly SourceFrame[]): string {
  const finder = createEndingFinder(1, true);
  const place = { connection: 1, timeMs: 0 } as const;
  finder.take({ type: 'open', schema: SCHEMA_VERSION, ...place, path: '', remote: '' });
  for (const { kind, bytes } of heads) {
    const direction = kind === 'request' ? 'in' : 'out';
    finder.take({
      type: 'handshake',
      ...place,
      direction,
      offset: 0,
      byteLength: bytes.length,
      hex: formatHex(bytes),
    });
  }
  for (const [i, item] of items.entries()) {
    const { at, bytes, violations } = item;
    const decides =
      items.length <= MAX_TOLD_FRAMES ||
      i === items.length - 1 ||
      violations.length > 0 ||
      isControlOpcode((bytes[at] ?? 0) & 15);
    if (!decides) continue;
    const direction = item.from === 'client' ? 'in' : 'out';
    finder.take({ type: 'frame', ...place, direction, offset: item.offset, ...item.dump });
  }
  return finder.ending().sentence;
}

/** A frame in a run of bytes. It is explained when it is shown. */
class FrameOfRun implements SourceFrame {
  readonly kind = 'frame';
  readonly from: Side;
  readonly timeMs = undefined;
  readonly #frame: ExchangeFrame;

  constructor(frame: ExchangeFrame) {
    this.#frame = frame;
    const isMasked = ((frame.bytes[frame.offset + 1] ?? 0) & 0x80) !== 0;
    this.from = frame.sender ?? (isMasked ? 'client' : 'server');
  }

  get offset(): number {
    return this.#frame.offset;
  }

  get at(): number {
    return this.#frame.offset;
  }

  get bytes(): Uint8Array {
    return this.#frame.bytes;
  }

  get violations(): FrameDump['violations'] {
    return this.#frame.violations;
  }

  get dump(): FrameDump {
    return this.#frame.dump;
  }
}
