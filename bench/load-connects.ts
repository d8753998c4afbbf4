import { openConnection } from './load-connection.ts';

/**
 * Connects, waits for the 101, drops the connection, and again, so many at once.
 *
 * @returns how many there were
 */
export async function connectAtOnce(port: number, atOnce: number, ms: number): Promise<number> {
  const start = performance.now();
  let accepted = 0;
  const connectAgain = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      const socket = await openConnection(port, '/echo', () => {});
      accepted++;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.destroy();
      await closed;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, connectAgain));
  return accepted;
}
