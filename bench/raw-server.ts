import { createServer, type Socket } from 'node:net';
import { READ_BUFFER } from '../server/socket/read-buffer.ts';
import { shareReadBuffer } from '../server/socket/shared-reads.ts';
import { useSocket } from '../server/socket/socket-user.ts';

const BROADCAST = 'GET /broadcast ';

/** The bytes to send, in memory that is reused for each send. */
let room = Buffer.alloc(READ_BUFFER.length);

/**
 * The limit of Node's sockets: a server that knows nothing of frames. It reads in the same way as ours, and sends every byte
 * back, the request's included. Bytes that arrive after a request for /broadcast go to all connections that asked for it.
 *
 * @returns its port
 */
export async function startRawServer(): Promise<number> {
  const listeners = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    let asked = false;
    const read = (chunk: Uint8Array): void => {
      room.set(chunk);
      const bytes = room.subarray(0, chunk.length);
      if (!listeners.has(socket)) send(bytes, socket);
      else for (const listener of listeners) send(bytes, listener);
      if (!asked && bytes.toString('latin1', 0, BROADCAST.length) === BROADCAST) listeners.add(socket);
      asked = true;
    };
    const closed = (): unknown => listeners.delete(socket);
    useSocket(socket, { read, drained() {}, ended: () => socket.end(), failed() {}, closed });
    shareReadBuffer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

function send(bytes: Buffer, socket: Socket): void {
  socket.write(bytes);
  // The system has not taken all bytes: their memory must not be overwritten.
  if (socket.writableLength > 0) room = Buffer.alloc(READ_BUFFER.length);
}
