import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Duplex } from 'node:stream';
import { DEFAULT_HEAD_LIMITS, parseRequestHead } from '../../src/protocol/index.ts';
import { chunksOf, joinedBytes } from './mutate.ts';
import type { HeadStream } from './request-head.ts';

/** What a reader makes of a request's head. */
export type HeadOutcome =
  | { readonly kind: 'incomplete' }
  /** `why` is the rule's name here, the error's code in Node. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'complete'; readonly firstLine: string; readonly headers: readonly string[] };

/** The head as an endpoint reads it: chunk by chunk, the search for its end going on where it was. */
export function readHead({ bytes, chunkLengths }: HeadStream): HeadOutcome {
  const received: Uint8Array[] = [];
  let outcome: HeadOutcome = { kind: 'incomplete' };
  for (const chunk of chunksOf(bytes, chunkLengths)) {
    const searchFrom = received.reduce((length, piece) => length + piece.length, 0);
    received.push(chunk);
    outcome = readWholeHead(joinedBytes(received), searchFrom);
    if (outcome.kind !== 'incomplete') break;
  }
  return outcome;
}

/** The head in one piece. */
export function readWholeHead(bytes: Uint8Array, searchFrom = 0): HeadOutcome {
  const result = parseRequestHead(bytes, DEFAULT_HEAD_LIMITS, searchFrom);
  if (result.kind === 'incomplete') return result;
  if (result.kind === 'refused') return { kind: 'refused', why: result.refusal.rule };
  const { method, target, httpVersion, headers } = result.head;
  return {
    kind: 'complete',
    firstLine: `${method} ${target} ${httpVersion}`,
    headers: headers.flatMap(({ name, value }) => [name, value]),
  };
}

/** Node's HTTP server without a port: it is handed streams in place of sockets. */
export class NodeReader {
  readonly #server: Server;
  readonly #found = new WeakMap<Duplex, (outcome: HeadOutcome) => void>();

  constructor() {
    const { maxHeadBytes } = DEFAULT_HEAD_LIMITS;
    this.#server = createServer({ maxHeaderSize: maxHeadBytes, requireHostHeader: false });
    const complete = (request: IncomingMessage) => {
      const firstLine = `${request.method} ${request.url} ${request.httpVersion}`;
      this.#tell(request.socket, { kind: 'complete', firstLine, headers: request.rawHeaders });
    };
    for (const event of ['request', 'upgrade', 'connect', 'checkContinue', 'checkExpectation']) {
      this.#server.on(event, complete);
    }
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const why = error.code ?? error.message;
      this.#tell(socket, why === 'HPE_INVALID_EOF_STATE' ? { kind: 'incomplete' } : { kind: 'refused', why });
    });
  }

  /** What the server makes of the head, chunk by chunk. */
  read({ bytes, chunkLengths }: HeadStream): Promise<HeadOutcome> {
    return new Promise((resolve) => {
      const chunks = [...chunksOf(bytes, chunkLengths)];
      const socket: Duplex = new Duplex({
        read() {
          this.push(chunks.shift() ?? null);
        },
        write: (_chunk, _encoding, done) => done(),
      });
      this.#found.set(socket, (outcome) => {
        resolve(outcome);
        socket.destroy();
      });
      socket.on('close', () => resolve({ kind: 'incomplete' }));
      this.#server.emit('connection', socket);
    });
  }

  #tell(socket: Duplex, outcome: HeadOutcome): void {
    this.#found.get(socket)?.(outcome);
  }
}
