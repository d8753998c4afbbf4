import type { WireMessage } from '../wire/wire.ts';
import { headOf, type Side, type SideEnd } from './compare-sides.ts';

/** Which of the two taps saw something: the one in front of the program in between, or the one behind it. */
export type Which = 'outer' | 'inner';

/** The two sides of one connection. A side is undefined if the program in between opened none, or opened it by itself. */
export interface SidePair {
  readonly outer: Side | undefined;
  readonly inner: Side | undefined;
}

/** Frames of a longer connection are not compared: both sides would have to be kept. */
export const MAX_SIDE_MESSAGES = 20_000;

/** An end that comes later than this many other connections is not waited for. */
const MAX_TAKEN = 1_000;

interface OpenSide {
  readonly which: Which;
  readonly connection: number;
  readonly messages: WireMessage[];
  end: SideEnd | undefined;
  key: string | undefined;
  partner: OpenSide | undefined;
}

const KEY = /^sec-websocket-key:\s*(\S+)/im;

/**
 * Finds out which connection in front of a program belongs to which one behind it: the one with the same key, or else the
 * oldest one without a partner. A program that makes its own request draws a key of its own.
 */
export class SidePairs {
  /** Connections that were taken already: the end of their other direction may still come. */
  readonly #taken: Record<Which, Set<number>> = { outer: new Set(), inner: new Set() };
  readonly #open: Record<Which, Map<number, OpenSide>> = { outer: new Map(), inner: new Map() };

  /** How many connections wait for their end or their partner. */
  get size(): number {
    return this.#open.outer.size + this.#open.inner.size;
  }

  /** @param message kept */
  add(which: Which, message: WireMessage): void {
    if (this.#taken[which].has(message.connection)) return;
    const side = this.#sideOf(which, message.connection);
    if (side.messages.length < MAX_SIDE_MESSAGES) side.messages.push(message);
    if (message.type !== 'handshake' || message.direction !== 'in') return;
    side.key = KEY.exec(headOf(side, 'in') ?? '')?.[1];
    const others = [...this.#open[which === 'outer' ? 'inner' : 'outer'].values()];
    const partner = others.find(
      (other) => other.partner === undefined && other.key === side.key && side.key !== undefined,
    );
    if (partner !== undefined) join(side, partner);
  }

  /** @returns the pair that is complete with this end; undefined if its partner is still open */
  end(which: Which, connection: number, end: SideEnd): SidePair | undefined {
    if (this.#taken[which].has(connection)) return undefined;
    const side = this.#sideOf(which, connection);
    side.end ??= end;
    if (side.partner === undefined) this.#findPartner(side);
    const { partner } = side;
    // An inner side may be seen before its outer one: its own end says nothing then.
    if (partner === undefined) return which === 'outer' ? this.#take(side) : undefined;
    return partner.end === undefined ? undefined : this.#take(side);
  }

  /** The pairs that have not ended on both sides: those of which one side has, if `all` is false. */
  takeOpen(all: boolean): SidePair[] {
    const sides = [...this.#open.outer.values(), ...this.#open.inner.values()];
    const pairs: SidePair[] = [];
    for (const side of sides) {
      if (!this.#open[side.which].has(side.connection)) continue;
      if (all || side.end !== undefined) pairs.push(this.#take(side));
    }
    return pairs;
  }

  #sideOf(which: Which, connection: number): OpenSide {
    const known = this.#open[which].get(connection);
    if (known !== undefined) return known;
    const side = { which, connection, messages: [], end: undefined, key: undefined, partner: undefined };
    this.#open[which].set(connection, side);
    return side;
  }

  #findPartner(side: OpenSide): void {
    const others = [...this.#open[side.which === 'outer' ? 'inner' : 'outer'].values()];
    const partner = others.find((other) => other.partner === undefined);
    if (partner !== undefined) join(side, partner);
  }

  #take(side: OpenSide): SidePair {
    const sides = [side, ...(side.partner === undefined ? [] : [side.partner])];
    for (const { which, connection } of sides) {
      this.#open[which].delete(connection);
      const taken = this.#taken[which];
      taken.add(connection);
      if (taken.size > MAX_TAKEN) taken.delete(Math.min(...taken));
    }
    const of = (which: Which) => sides.find((each) => each.which === which);
    return { outer: of('outer'), inner: of('inner') };
  }
}

function join(one: OpenSide, other: OpenSide): void {
  one.partner = other;
  other.partner = one;
}
