import { OPCODES } from '../../protocol/framing/opcode.ts';
import { Naive2011 } from '../../specimens/naive-2011.ts';
import { takeReadForFrame } from '../../specimens/one-read-one-frame.ts';
import { countBytes } from '../../text/count.ts';
import { bytesLeft, type Outcome, quoteData, type Reader } from './outcome.ts';

/** The parsers to compare with the right one. The second is that of the 2011 listing. */
export const NAIVE_READERS = {
  'one-read': { title: 'One read, one frame', create: (): Reader => new OneReadReader() },
  '2011': { title: 'At most one frame per read', create: (): Reader => new Listing2011Reader() },
} as const;

export type NaiveName = keyof typeof NAIVE_READERS;

class OneReadReader implements Reader {
  readonly waits = false;

  read(chunk: Uint8Array): Outcome {
    const outcome = takeReadForFrame(chunk);
    if (outcome.kind === 'ignores') {
      return { said: `Finds no frame and drops ${countBytes(chunk.length)}.`, messages: [], tone: 'danger' };
    }
    const ignored = bytesLeft(outcome.ignored, 'dropped after it');
    if (outcome.kind === 'drops') {
      return { said: `Drops a frame with opcode ${nameOf(outcome.opcode)}.${ignored}`, messages: [], tone: 'danger' };
    }
    const message = quoteData(outcome.data);
    const missing = bytesLeft(outcome.missing, 'of payload missing, but it does not wait');
    const tone = outcome.missing + outcome.ignored > 0 ? 'danger' : 'ok';
    return { said: `Delivers ${message}.${missing}${ignored}`, messages: [message], tone };
  }
}

class Listing2011Reader implements Reader {
  readonly #naive = new Naive2011();
  #dead = false;

  read(chunk: Uint8Array): Outcome {
    const outcome = this.#naive.read(chunk);
    const held = bytesLeft(this.#naive.bufferedBytes, 'left in its buffer');
    if (this.#dead) return { said: 'The connection is dead.', messages: [], tone: 'danger' };
    switch (outcome.kind) {
      case 'waits':
        return { said: `Waits with ${countBytes(outcome.bufferedBytes)}.`, messages: [], tone: 'none' };
      case 'drops':
        return { said: `Drops a frame with opcode ${nameOf(outcome.opcode)}.${held}`, messages: [], tone: 'danger' };
      case 'raises':
        this.#dead = true;
        return {
          said: 'Raises an exception: it is not UTF-8. The connection dies.',
          messages: [],
          tone: 'danger',
        };
      case 'dispatches': {
        const message = quoteData(outcome.data);
        return { said: `Delivers ${message}.${held}`, messages: [message], tone: held === '' ? 'ok' : 'danger' };
      }
    }
  }

  get waits(): boolean {
    return !this.#dead && this.#naive.bufferedBytes > 0;
  }
}

function nameOf(opcode: number): string {
  return `${opcode.toString(16).toUpperCase()}, ${OPCODES[opcode]?.name}`;
}
