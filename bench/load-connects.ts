import { openConnection } from './load-connection.ts';

/** Connects, waits for the 101 and drops the connection, again and again, several at once. @returns how many it made */
export function connectForAWhile(port: number, atOnce: number, ms: number): Promise<number> {
  const end = performance.now() + ms;
  return connectAtOnce(port, atOnce, () => performance.now() < end);
}

/** The same, but a fixed number of times. */
export function connectTimes(port: number, atOnce: number, times: number): Promise<number> {
  let left = times;
  return connectAtOnce(port, atOnce, () => left-- > 0);
}

async function connectAtOnce(port: number, atOnce: number, goesOn: () => boolean): Promise<number> {
  let accepted = 0;
  const connectAgain = async (): Promise<void> => {
    while (goesOn()) {
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
