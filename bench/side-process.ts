import { Worker } from './processes.ts';
import type { Prepared, Row } from './row.ts';

/**
 * Gives each side its own process. In a shared process, each side would pay for the other's garbage, and the compiler would
 * optimize for both.
 *
 * @param otherBuild the folder of the build in place of the peer, if there is one
 */
export async function prepareApart(
  row: Row,
  sideNames: readonly string[],
  otherBuild: string | undefined,
): Promise<Prepared> {
  const folder = otherBuild === undefined ? [] : [otherBuild];
  const workers = sideNames.map((_, i) => new Worker('side-main.ts', [row.name, String(i), ...folder]));
  await Promise.all(workers.map((worker) => worker.started()));
  return {
    sides: workers.map((worker, i) => ({
      name: sideNames[i] as string,
      measure: async () => (await worker.ask({})) as number,
    })),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
