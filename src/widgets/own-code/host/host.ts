import { STAGE_IDS, type StageId } from '../stage-id.ts';
import { evaluate, linesBefore, placeIn } from './evaluate.ts';
import { HELPERS, KeptConsole } from './given.ts';
import type { Answer, CodeError, Order, Source } from './order.ts';
import { type Plain, plainOf } from './plain.ts';

/** What `createReader` and `createServer` must return. */
interface Receiving {
  receive(bytes: Uint8Array): unknown;
}

type Callable = (...args: unknown[]) => unknown;

/** Runs the reader's code, in the worker. Everything that it says comes back in the answer to an order. */
export class Host {
  readonly #console = new KeptConsole();
  readonly #functions = new Map<StageId, Callable>();
  readonly #opened = new Map<number, Receiving>();

  obey(order: Order): Answer {
    const values: Plain[] = [];
    const error = this.#run(order, values);
    return { values, lines: this.#console.take(), ...(error !== undefined && { error }) };
  }

  #run(order: Order, values: Plain[]): CodeError | undefined {
    try {
      this.#obey(order, values);
      return undefined;
    } catch (error) {
      return describeError(error);
    }
  }

  #obey(order: Order, values: Plain[]): void {
    switch (order.type) {
      case 'load':
        this.#functions.clear();
        this.#opened.clear();
        for (const source of order.sources) this.#load(source);
        break;
      case 'call':
        values.push(copy(this.#functionOf(order.stage)(...order.args.map(ownCopy)), order.stage));
        break;
      case 'open':
        this.#opened.set(order.at, receivingOf(this.#functionOf(order.stage)(), order.stage));
        break;
      case 'receive': {
        const opened = this.#opened.get(order.at);
        if (opened === undefined) throw new Missing('Nothing was opened.');
        for (const chunk of order.chunks) {
          const value = opened.receive(chunk.slice());
          values.push(copy(value, 'receive'));
          if (typeof value === 'object' && value !== null && 'end' in value && value.end === true) break;
        }
      }
    }
  }

  #load(source: Source): void {
    const { stage } = source;
    const given = { ...HELPERS, console: this.#console.given, ...Object.fromEntries(this.#functions) };
    const found = evaluate(source, given);
    if (typeof found === 'function') this.#functions.set(stage, found as Callable);
    else if (found === undefined) {
      throw new Missing(`There is no function with the name ${stage}. Write: function ${stage}(…) { … }`, stage);
    } else {
      throw new Missing(`${stage} is not a function. Write: function ${stage}(…) { … }`, stage);
    }
  }

  #functionOf(stage: StageId): Callable {
    const found = this.#functions.get(stage);
    if (found === undefined) throw new Missing(`There is no function with the name ${stage}.`, stage);
    return found;
  }
}

/** An error of the code as a whole, not of one of its lines. */
class Missing extends Error {
  override readonly name = 'Missing';
  readonly stage: StageId | undefined;

  constructor(message: string, stage?: StageId) {
    super(message);
    this.stage = stage;
  }
}

/** The code may write into what it gets, and may read its `buffer` from the first byte on. */
function ownCopy(argument: string | Uint8Array): string | Uint8Array {
  return typeof argument === 'string' ? argument : argument.slice();
}

function copy(value: unknown, name: string): Plain {
  try {
    return plainOf(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Missing(`What ${name}() returned is too large: ${error.message}.`);
  }
}

function receivingOf(value: unknown, stage: StageId): Receiving {
  if (typeof value === 'object' && value !== null && 'receive' in value && typeof value.receive === 'function') {
    return value as Receiving;
  }
  throw new Missing(`${stage}() must return an object with a method receive(bytes): return { receive };`, stage);
}

function describeError(error: unknown): CodeError {
  if (error instanceof Missing) {
    return { name: error.name, message: error.message, ...(error.stage !== undefined && { stage: error.stage }) };
  }
  if (!(error instanceof Error)) return { name: 'Thrown', message: textOf(error) };
  const { name, message } = error;
  const place = placeIn(String(error.stack));
  if (place === undefined || !STAGE_IDS.includes(place.stage)) return { name: cut(name), message: cut(message) };
  return { name: cut(name), message: cut(message), ...place, line: Math.max(1, place.line - linesBefore()) };
}

const MAX_MESSAGE_CHARACTERS = 500;

const cut = (text: unknown): string => String(text).slice(0, MAX_MESSAGE_CHARACTERS);

function textOf(value: unknown): string {
  try {
    return cut(value);
  } catch {
    return 'a value without a text';
  }
}
