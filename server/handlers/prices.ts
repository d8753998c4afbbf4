import { createRequire } from 'node:module';
import { OPCODE } from '../../src/protocol/index.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { PubSub } from '../pubsub/pubsub.ts';

/** The longest message that is read, in bytes: a price has about 40. */
export const MAX_PRICE_MESSAGE_BYTES = 1024;

const TOPIC = 'prices';

type Check = typeof import('../../src/companion/prices.ts').checkPrice;

let loaded: Check | undefined;

/** The schema is loaded when the first client comes: a server starts without it. */
function loadCheck(): Check {
  loaded ??= (createRequire(import.meta.url)('../../src/companion/prices.ts') as { checkPrice: Check }).checkPrice;
  return loaded;
}

/** A broadcast that accepts prices only, as JSON text. A client that sends anything else is closed with the reason. */
export class Prices implements Handler {
  readonly #pubSub: PubSub;
  // A closing connection can still deliver what its client had sent.
  readonly #refused = new WeakSet<Connection>();

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#pubSub.subscribe(TOPIC, connection);
    else if (event.type === 'close') this.#pubSub.unsubscribe(TOPIC, connection);
    else if (event.type === 'message' && !this.#refused.has(connection)) {
      const checked = event.opcode === OPCODE.text ? loadCheck()(decodeText(event.payload) ?? '') : NOT_TEXT;
      if ('text' in checked) this.#pubSub.publish(TOPIC, { opcode: OPCODE.text, payload: encodeText(checked.text) });
      else this.#refuse(connection, checked);
    }
  }

  #refuse(connection: Connection, { statusCode, reason }: { statusCode: number; reason: string }): void {
    this.#refused.add(connection);
    connection.close(statusCode, reason);
  }
}

/** RFC 6455 §7.4.1: a type of data that the endpoint cannot accept. */
const NOT_TEXT = { statusCode: 1003, reason: 'send JSON as text, not binary' };
