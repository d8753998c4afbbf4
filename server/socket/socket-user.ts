import type { Socket } from 'node:net';
import { plainBytes } from './plain-bytes.ts';

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
  [USER]?: SocketUser | undefined;
}

/** From now on the user is told; whoever was before is not any more. */
export function useSocket(socket: UsedSocket, user: SocketUser): void {
  const listens = socket[USER] !== undefined;
  socket[USER] = user;
  if (listens) return;
  // Node's own: it does nothing to a socket that may be half open, and a second listener takes an array for each socket.
  if (socket.allowHalfOpen)
    for (const listener of socket.listeners('end')) socket.removeListener('end', listener as () => void);
  for (const [event, listener] of LISTENERS) socket.on(event, listener);
}

/** Nobody is told any more: the socket does what it did before it was used. */
export function releaseSocket(socket: UsedSocket): void {
  socket[USER] = undefined;
  for (const [event, listener] of LISTENERS) socket.removeListener(event, listener);
}

/** Whether somebody is told what happens on a socket. */
export function isUsed(socket: UsedSocket): boolean {
  return socket[USER] !== undefined;
}

/** The user of a socket that is used. */
export function userOf(socket: UsedSocket): SocketUser {
  return socket[USER] as SocketUser;
}

const LISTENERS = [
  ['data', onData],
  ['drain', onDrain],
  ['end', onEnd],
  ['error', onError],
  ['close', onClose],
] as const;

function onData(this: Socket, chunk: Buffer): void {
  userOf(this).read(plainBytes(chunk));
}

function onDrain(this: Socket): void {
  userOf(this).drained();
}

function onEnd(this: Socket): void {
  userOf(this).ended();
}

function onError(this: Socket, error: Error): void {
  userOf(this).failed(error);
}

function onClose(this: Socket): void {
  userOf(this).closed();
}
