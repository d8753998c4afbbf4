import { Socket, type SocketConstructorOpts } from 'node:net';
import { plainBytes } from './plain-bytes.ts';
import { READ_BUFFER } from './read-buffer.ts';

/** Who uses a socket, and is told what happens on it. */
export interface SocketUser {
  /** @param chunk what one read delivered; gone when it returns */
  read(chunk: Uint8Array<ArrayBuffer>): void;
  /** All that waited has been sent. */
  drained(): void;
  /** The peer sends nothing more. */
  ended(): void;
  failed(error: Error): void;
  /** TCP is gone. */
  closed(): void;
}

const USER = Symbol('user');

/** A socket that knows its user: so the listeners of ten thousand idle connections are the same five functions. */
interface UsedSocket extends Socket {
  [USER]: SocketUser;
}

/** What Node's sockets stand on. It is in no documentation, so it may be missing one day. */
interface HandleOwner {
  _handle?: object | null;
}

/**
 * Moves a TCP connection to a socket that reads into {@link READ_BUFFER}.
 *
 * @returns the socket to use from now on: the one that was given, where its handle cannot be moved
 */
export function adoptSocket(accepted: Socket, user: SocketUser): Socket {
  const owner = accepted as HandleOwner;
  const handle = owner._handle;
  let socket = accepted;
  if (handle) {
    owner._handle = null;
    accepted.destroy();
    socket = new Socket({ handle, allowHalfOpen: true, onread: ON_READ } as SocketConstructorOpts);
  }
  (socket as UsedSocket)[USER] = user;
  if (!handle) socket.on('data', onData);
  socket.on('drain', onDrain);
  socket.on('end', onEnd);
  socket.on('error', onError);
  socket.on('close', onClose);
  return socket;
}

const ON_READ = {
  buffer: READ_BUFFER,
  // Node calls it as a method of the socket; its types do not say so.
  callback(this: unknown, byteLength: number): boolean {
    (this as UsedSocket)[USER].read(new Uint8Array(READ_BUFFER.buffer, 0, byteLength));
    return true;
  },
};

function onData(this: Socket, chunk: Buffer): void {
  (this as UsedSocket)[USER].read(plainBytes(chunk));
}

function onDrain(this: Socket): void {
  (this as UsedSocket)[USER].drained();
}

function onEnd(this: Socket): void {
  (this as UsedSocket)[USER].ended();
}

function onError(this: Socket, error: Error): void {
  (this as UsedSocket)[USER].failed(error);
}

function onClose(this: Socket): void {
  (this as UsedSocket)[USER].closed();
}
