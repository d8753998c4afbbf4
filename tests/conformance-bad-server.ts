import { createServer, type Server, type Socket } from 'node:net';
import { BadConnection } from './conformance-bad-connection.ts';
import type { Fault } from './conformance-fault.ts';

/** A server that echoes at /echo and keeps every rule but those that its fault breaks. */
export class BadServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(fault: Fault) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      new BadConnection(socket, fault);
    });
  }

  /** @returns the address of its echo */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/echo`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
