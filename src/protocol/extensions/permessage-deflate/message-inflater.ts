import type { BorrowedBytes } from '../../../bytes/memory/memory.ts';
import type { FrameRule } from '../../rule.ts';
import type { PayloadDecoder } from '../extension.ts';
import type { Inflater } from './codec.ts';
import { DEFLATE_RULES } from './rules.ts';

const NOTHING = new Uint8Array(0);

/** Inflates the messages of one direction, one after the other. RFC 7692 §7.2.2. */
export class MessageInflater implements PayloadDecoder {
  readonly #create: () => Inflater;
  readonly #keepsContext: boolean;
  // Created with the first compressed message: many connections never get one.
  #inflater: Inflater | undefined;
  #ended = false;

  /** @param keepsContext whether a message may refer to those before it: no "no context takeover" was agreed on */
  constructor(create: () => Inflater, keepsContext: boolean) {
    this.#create = create;
    this.#keepsContext = keepsContext;
  }

  get heldBytes(): number {
    return this.#inflater?.heldBytes ?? 0;
  }

  decode(payload: BorrowedBytes, isLast: boolean, maxBytes: number): Uint8Array | FrameRule {
    if (this.#ended) return NOTHING;
    this.#inflater ??= this.#create();
    const inflated = this.#inflater.inflate(payload, isLast, maxBytes);
    if (inflated === undefined) return DEFLATE_RULES.malformedDeflate;
    // Between messages, a connection without context needs no memory.
    if (isLast && !this.#keepsContext) this.#release();
    return inflated;
  }

  end(): void {
    this.#ended = true;
    this.#release();
  }

  #release(): void {
    this.#inflater?.end();
    this.#inflater = undefined;
  }
}
