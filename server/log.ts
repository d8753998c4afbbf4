import { escapeAlone } from '../src/text/escape-text.ts';

/**
 * Takes one event that somebody may want to know of.
 *
 * @param kind our own name for what happened, such as the name of the rule that was broken; never the peer's words, or
 * the peer could make up kinds
 * @param event what happened, where, to whom
 */
export type Log = (kind: string, event: string) => void;

/** So many lines of a kind are written, then the rest is counted until the pause is over. */
const LINES_OF_A_KIND = 20;
const SHORTEST_PAUSE_MS = 10_000;
/** While a kind does not cease, each of its pauses is twice as long as the one before. */
const LONGEST_PAUSE_MS = 10 * 60 * 1000;
/** More than there are names. If one were made up of something without end, memory must stay bounded all the same. */
const MAX_KINDS = 256;
const ALL_OTHERS = 'something-else';

/**
 * Writes one line an event. Of one kind, past 20 lines in ten seconds, the rest is counted, not written: a
 * peer that does wrong as fast as it can, for as long as it likes, fills neither disk nor terminal, and
 * what happens to others is still told.
 *
 * @param writeLine takes a line without its end
 */
export function createLog(writeLine: (line: string) => void): Log {
  const kinds = new Map<string, Kind>();
  const kindNamed = (asked: string): Kind => {
    const name = kinds.has(asked) || kinds.size < MAX_KINDS ? asked : ALL_OTHERS;
    const kind = kinds.get(name) ?? new Kind(name, writeLine, () => kinds.delete(name));
    kinds.set(name, kind);
    return kind;
  };
  return (kind, event) => kindNamed(kind).add(lineOf(event));
}

/** Events that say the same of different peers. */
class Kind {
  readonly #name: string;
  readonly #writeLine: (line: string) => void;
  readonly #onQuiet: () => void;
  #pauseMs = SHORTEST_PAUSE_MS;
  #written = 0;
  #heldBack = 0;

  constructor(name: string, writeLine: (line: string) => void, onQuiet: () => void) {
    this.#name = name;
    this.#writeLine = writeLine;
    this.#onQuiet = onQuiet;
    this.#wait();
  }

  add(line: string): void {
    if (this.#written === LINES_OF_A_KIND) this.#heldBack++;
    else {
      this.#written++;
      this.#writeLine(line);
    }
  }

  #wait(): void {
    // A count that nobody has seen is no reason to live.
    setTimeout(() => this.#tellTheRest(), this.#pauseMs).unref();
  }

  #tellTheRest(): void {
    if (this.#heldBack === 0) {
      this.#onQuiet();
      return;
    }
    this.#writeLine(`and ${this.#heldBack} more like this: ${this.#name}`);
    this.#written = 0;
    this.#heldBack = 0;
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    this.#wait();
  }
}

/** A path may be as long as a whole head. */
const LONGEST_LINE = 500;

// The peer's own text may be in the event: it must not begin a line of its own, move the cursor, hide, or turn the
// direction of reading.
function lineOf(event: string): string {
  const line = escapeAlone(event.slice(0, LONGEST_LINE));
  const cut = event.length - LONGEST_LINE;
  return cut > 0 ? `${line}… (${cut} more characters)` : line;
}
