import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { requestFor } from '../../bench/load-connection.ts';
import { masked } from '../../server/testing/raw-peer.ts';

/** Peers of one attack, all of which leave in the end. */
export class Peers {
  readonly #sockets: Socket[] = [];

  /** So many connections with their opening handshake done. */
  async open(port: number, path: string, count: number, headers: readonly string[] = []): Promise<readonly Socket[]> {
    const request = requestFor(path).replace('\r\n\r\n', ['', ...headers, '', ''].join('\r\n'));
    const opened: Socket[] = [];
    for (let i = 0; i < count; i++) {
      const socket = await this.connect(port);
      socket.write(request);
      await once(socket, 'readable');
      socket.read();
      opened.push(socket);
    }
    return opened;
  }

  /** A connection on which nothing was said. It reads nothing unless it is told to. */
  async connect(port: number): Promise<Socket> {
    const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
    this.#sockets.push(socket);
    // The server may cut any of them off: that is what most of this is about.
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  /** All are gone. */
  async leave(): Promise<void> {
    await Promise.all(
      this.#sockets.map(async (socket) => {
        socket.destroy();
        if (!socket.closed) await once(socket, 'close');
      }),
    );
  }
}

const CLOSE = masked({ opcode: 8, payload: new Uint8Array(0) });

/** Says goodbye, and waits until the server has dealt with all that was sent before. */
export async function finish(socket: Socket): Promise<void> {
  socket.write(CLOSE);
  if (!socket.closed) await once(socket, 'close');
}

/** Writes, and waits until the system has taken it all, the server has cut the peer off, or nothing moves for so long. */
export function writeAll(socket: Socket, bytes: Uint8Array, patienceMs = 2000): Promise<void> {
  return new Promise((resolve) => {
    let patience: NodeJS.Timeout | undefined;
    let before = -1;
    const look = () => {
      if (socket.destroyed || socket.bytesWritten - socket.writableLength === before) done();
      before = socket.bytesWritten - socket.writableLength;
    };
    patience = setInterval(look, patienceMs);
    const done = () => {
      clearInterval(patience);
      socket.removeListener('close', done);
      resolve();
    };
    socket.once('close', done);
    socket.write(bytes, done);
  });
}
