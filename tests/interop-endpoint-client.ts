import { connect, type Socket } from 'node:net';
import {
  type CloseEvent,
  type Effect,
  Endpoint,
  type EndpointEvent,
  encodeKey,
  type MessageEvent,
  NONCE_LENGTH,
} from '../src/protocol/index.ts';
import { Random } from './fuzz/random.ts';
import { Arrivals } from './interop-arrivals.ts';

const SEED = 6455;

/** Our own endpoint in the client's role, on a socket: the smallest owner that carries out its effects. */
export class EndpointClient {
  readonly endpoint: Endpoint;
  readonly events = new Arrivals<EndpointEvent>();
  readonly #socket: Socket;

  constructor(address: string, subprotocols: readonly string[] = []) {
    const { hostname, host, port, pathname, search } = new URL(address);
    // The same keys in each run: a run that fails can be repeated.
    const random = new Random(SEED);
    this.endpoint = new Endpoint({
      role: 'client',
      request: { host, target: pathname + search, key: encodeKey(random.bytes(NONCE_LENGTH)), subprotocols },
      nextMaskingKey: () => random.nat(2 ** 32),
    });
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on('connect', () => this.carryOut(this.endpoint.connect()));
    this.#socket.on('data', (chunk: Buffer) => this.carryOut(this.endpoint.receive(new Uint8Array(chunk))));
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('close', () => this.carryOut(this.endpoint.receiveEnd()));
  }

  carryOut(effects: Iterable<Effect>): void {
    for (const effect of effects) {
      if (effect.type === 'write') this.#socket.write(effect.bytes);
      else if (effect.type === 'closeTcp') this.#socket.end();
      else this.events.add(effect.event);
    }
  }

  /** The next message; whatever else comes before it is no message, and fails the test. */
  async message(): Promise<MessageEvent> {
    const event = await this.events.next();
    if (event.type !== 'message') throw new Error(`expected a message, got ${JSON.stringify(event)}`);
    return event;
  }

  /** The end of the connection, whatever comes before it. */
  async closed(): Promise<CloseEvent> {
    for (;;) {
      const event = await this.events.next();
      if (event.type === 'close') return event;
    }
  }
}
