import { createServer, type Socket } from 'node:net';
import { READ_BUFFER } from '../server/socket/read-buffer.ts';
import { shareReadBuffer } from '../server/socket/shared-reads.ts';
import { useSocket } from '../server/socket/socket-user.ts';

const BROADCAST = 'GET /broadcast ';

/** Bytes to send, where what was sent before lay. */
let room = Buffer.alloc(READ_BUFFER.length);

/**
 * The limit of Node's sockets: a server that knows nothing of frames. It reads as our own does, and sends every byte
 * back, the request's too: to who sent it, and what follows to all that asked for /broadcast.
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
  // The system has not taken it all: it is not to be written over.
  if (socket.writableLength > 0) room = Buffer.alloc(READ_BUFFER.length);
}
