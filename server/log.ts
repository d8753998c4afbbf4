import { escapeAlone } from '../src/text/escape-text.ts';

/**
 * Logs one event.
 *
 * @param kind our own name for what happened, such as the name of a broken rule. It never contains the peer's words, or a
 * peer could invent kinds
 * @param event what happened, where, and to whom
 */
export type Log = (kind: string, event: string) => void;

/** This many lines of a kind are written. The others are counted until the pause is over. */
const MAX_LINES_PER_KIND = 20;
const MIN_PAUSE_MS = 10_000;
/** While events of a kind keep coming, each pause is twice as long as the one before. */
const MAX_PAUSE_MS = 10 * 60 * 1000;
/** There are fewer names than this. It bounds memory even if some code created new names without end. */
const MAX_KINDS = 256;
const ALL_OTHERS = 'something-else';

/**
 * Writes one line for each event. After 20 lines of one kind in ten seconds, the others are only counted. So a peer
 * that misbehaves as fast as it can does not fill the disk, and events of other kinds are still logged.
 *
 * @param writeLine gets a line without a line end
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

/** Events of one kind, from any peer. */
class Kind {
  readonly #name: string;
  readonly #writeLine: (line: string) => void;
  readonly #onQuiet: () => void;
  #pauseMs = MIN_PAUSE_MS;
  #written = 0;
  #heldBack = 0;

  constructor(name: string, writeLine: (line: string) => void, onQuiet: () => void) {
    this.#name = name;
    this.#writeLine = writeLine;
    this.#onQuiet = onQuiet;
    this.#wait();
  }

  add(line: string): void {
    if (this.#written === MAX_LINES_PER_KIND) this.#heldBack++;
    else {
      this.#written++;
      this.#writeLine(line);
    }
  }

  #wait(): void {
    // A pending count must not keep the process alive.
    setTimeout(() => this.#writeCount(), this.#pauseMs).unref();
  }

  #writeCount(): void {
    if (this.#heldBack === 0) {
      this.#onQuiet();
      return;
    }
    this.#writeLine(`and ${this.#heldBack} more like this: ${this.#name}`);
    this.#written = 0;
    this.#heldBack = 0;
    this.#pauseMs = Math.min(2 * this.#pauseMs, MAX_PAUSE_MS);
    this.#wait();
  }
}

/** A path in an event can be as long as a whole head. */
const MAX_LINE_LENGTH = 500;

// An event may quote the peer. Its text must not start a new line, move the cursor, hide something or change the
// reading direction.
function lineOf(event: string): string {
  const line = escapeAlone(event.slice(0, MAX_LINE_LENGTH));
  const cut = event.length - MAX_LINE_LENGTH;
  return cut > 0 ? `${line}… (${cut} more characters)` : line;
}
