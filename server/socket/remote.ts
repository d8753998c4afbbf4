import type { Socket } from 'node:net';
import { bracket } from '../request/listening.ts';

/** Who is at the other end; where the connection is gone, the system does not know any more. */
export function remoteOf({ remoteAddress, remotePort }: Socket): string {
  return remoteAddress === undefined ? 'gone' : `${bracket(remoteAddress)}:${remotePort}`;
}
