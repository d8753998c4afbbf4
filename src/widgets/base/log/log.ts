import type { SourceEvent, Topic } from '../source/source.ts';
import { endEntry, frameEntry, handshakeEntry } from './entries-of-wire.ts';
import type { Entry, ScriptLine } from './entry.ts';

/** Older rows are dropped and counted. */
export const MAX_ENTRIES = 100_000;

type Waiting = Readonly<Record<Topic, readonly string[]>>;
const NONE: Waiting = { open: [], message: [], close: [] };

/**
 * What was on the wire, in order, each row beside the line of JavaScript that caused it or that it caused.
 *
 * Rows and lines arrive on different ways: the first one waits for the other, in order.
 */
export interface Log {
  readonly entries: readonly Entry[];
  readonly nextId: number;
  /** Rows that are no longer kept, here or by the companion. */
  readonly dropped: number;
  /** Lines of JavaScript whose row has not arrived yet. */
  readonly said: Waiting;
  readonly told: Waiting;
  /** Rows whose event has not arrived yet, by id. */
  readonly unheard: Readonly<Record<Topic, readonly number[]>>;
}

export const EMPTY_LOG: Log = {
  entries: [],
  nextId: 0,
  dropped: 0,
  said: NONE,
  told: NONE,
  unheard: { open: [], message: [], close: [] },
};

/** Appends events to the log. Pass many at once: each call copies the list of rows. */
export function appendToLog(log: Log, events: readonly SourceEvent[]): Log {
  const draft = new Draft(log);
  for (const event of events) draft.take(event);
  return draft.finish();
}

/** The row of that id; undefined if it was dropped. */
export function entryOf({ entries }: Log, id: number): Entry | undefined {
  return entries[id - (entries[0]?.id ?? 0)];
}

/** A copy that can be changed until it is returned. */
class Draft {
  readonly #entries: Entry[];
  readonly #said: Record<Topic, string[]>;
  readonly #told: Record<Topic, string[]>;
  readonly #unheard: Record<Topic, number[]>;
  #nextId: number;
  #dropped: number;

  constructor(log: Log) {
    this.#entries = [...log.entries];
    this.#said = copyOf(log.said);
    this.#told = copyOf(log.told);
    this.#unheard = copyOf(log.unheard);
    this.#nextId = log.nextId;
    this.#dropped = log.dropped;
  }

  take(event: SourceEvent): void {
    if (event.type === 'said') this.#said[event.topic].push(event.call);
    else if (event.type === 'told') this.#hear(event.topic, event.event);
    else if (event.type === 'threw') this.#addScript(event.call, event.exception);
    else this.#takeMessage(event);
  }

  finish(): Log {
    const surplus = Math.max(0, this.#entries.length - MAX_ENTRIES);
    return {
      entries: surplus === 0 ? this.#entries : this.#entries.slice(surplus),
      nextId: this.#nextId,
      dropped: this.#dropped + surplus,
      said: this.#said,
      told: this.#told,
      unheard: this.#unheard,
    };
  }

  #takeMessage({ message }: Extract<SourceEvent, { type: 'wire' }>): void {
    const id = this.#nextId;
    if (message.type === 'handshake') this.#addWire(handshakeEntry(message, id), 'open');
    else if (message.type === 'close') this.#addWire(endEntry(message, id), 'close');
    else if (message.type === 'dropped') this.#dropped += message.messages;
    else if (message.type === 'frame') {
      const entry = frameEntry(message, id);
      if (entry.opcode >= 8) this.#addWire(entry, entry.fromClient && entry.opcode === 8 ? 'close' : undefined);
      else this.#addWire(entry, 'message');
    }
  }

  /** A client's row may have been said, a server's row may have been told already; else it waits. */
  #addWire(entry: Entry, topic: Topic | undefined): void {
    let { said, told } = entry;
    if (topic !== undefined && entry.fromClient && !isFollowing(entry)) said = loud(this.#said[topic].shift()) ?? said;
    if (topic !== undefined && !entry.fromClient && isComplete(entry)) {
      const event = this.#told[topic].shift();
      told = loud(event) ?? told;
      if (event === undefined) this.#unheard[topic].push(entry.id);
    }
    this.#add({ ...entry, said, told });
  }

  #hear(topic: Topic, event: string): void {
    const id = this.#unheard[topic].shift();
    if (id === undefined) {
      this.#told[topic].push(event);
      return;
    }
    const index = id - (this.#entries[0]?.id ?? 0);
    const entry = this.#entries[index];
    // The row may have been dropped or cleared since.
    if (entry !== undefined) this.#entries[index] = { ...entry, told: { text: event, quiet: false } };
  }

  #addScript(call: string, exception: string): void {
    const lines = { said: { text: call, quiet: false }, told: { text: exception, quiet: false } };
    this.#add({ kind: 'script', id: this.#nextId, timeMs: undefined, fromClient: true, ...lines });
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
    this.#nextId = entry.id + 1;
  }
}

/** A continuation belongs to a call that an earlier frame was matched to. */
function isFollowing(entry: Entry): boolean {
  return entry.kind === 'frame' && entry.opcode === 0;
}

/** The page is told of a message when its last frame is there. */
function isComplete(entry: Entry): boolean {
  return entry.kind !== 'frame' || entry.fin;
}

function loud(text: string | undefined): ScriptLine | undefined {
  return text === undefined ? undefined : { text, quiet: false };
}

function copyOf<T>(lists: Readonly<Record<Topic, readonly T[]>>): Record<Topic, T[]> {
  return { open: [...lists.open], message: [...lists.message], close: [...lists.close] };
}
