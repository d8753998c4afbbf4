import type { Socket } from 'node:net';
import { openConnection } from '../../../bench/load-connection.ts';

const AT_ONCE = 50;

/** Opens so many connections, which say nothing and stay. @returns how to drop them all at once */
export async function idle(port: number, connections: number): Promise<() => void> {
  const sockets: Socket[] = [];
  let left = connections;
  const openSome = async (): Promise<void> => {
    while (left-- > 0) sockets.push(await openConnection(port, '/echo', () => {}));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, openSome));
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

/** How a connection that was just made is dropped. */
const DROPS: readonly ((socket: Socket) => void)[] = [
  (socket) => socket.destroy(),
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.end(),
];

/** Connects and drops as fast as it can, for so long. @returns how many connections there were */
export async function comeAndGo(port: number, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let connections = 0;
  const again = async (): Promise<void> => {
    while (performance.now() < end) {
      const socket = await openConnection(port, '/echo', () => {});
      const closed = new Promise((resolve) => socket.once('close', resolve));
      DROPS[connections++ % DROPS.length]?.(socket);
      await closed;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, again));
  return connections;
}
