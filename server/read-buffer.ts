import { Socket, type SocketConstructorOpts } from 'node:net';
import { plainBytes } from './plain-bytes.ts';

/**
 * Where every read of every connection goes: each chunk is dealt with before the next read, so that one
 * buffer serves all. Without it Node sets aside 64 KiB for each read, which costs more than most reads.
 */
export const READ_BUFFER = new Uint8Array(64 * 1024);

/** What Node's sockets stand on. It is in no documentation, so it may be missing one day. */
interface HandleOwner {
  _handle?: object | null;
}

/**
 * Moves a TCP connection to a socket that reads into {@link READ_BUFFER}.
 *
 * @param onChunk called with what each read delivered, which is gone when it returns
 * @returns the socket to use from now on: the one that was given, where its handle cannot be moved
 */
export function readIntoOneBuffer(socket: Socket, onChunk: (chunk: Uint8Array<ArrayBuffer>) => void): Socket {
  const owner = socket as HandleOwner;
  const handle = owner._handle;
  if (!handle) {
    socket.on('data', (chunk: Buffer) => onChunk(plainBytes(chunk)));
    return socket;
  }
  owner._handle = null;
  socket.destroy();
  const callback = (byteLength: number) => {
    onChunk(new Uint8Array(READ_BUFFER.buffer, 0, byteLength));
    return true;
  };
  return new Socket({
    handle,
    allowHalfOpen: true,
    onread: { buffer: READ_BUFFER, callback },
  } as SocketConstructorOpts);
}
