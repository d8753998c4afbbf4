import { Session } from 'node:inspector/promises';
import { createCompanion } from '../../server/server.ts';
import type { TracedCall, TraceOrder } from './trace.ts';

// A companion in a process of its own that counts, between two orders, which of the project's functions are called.

const ROOT = new URL('../../', import.meta.url).href;

const companion = createCompanion({ port: 0, host: '127.0.0.1' });
await companion.listen();
const session = new Session();
session.connect();
await session.post('Profiler.enable');

process.on('message', async (order: TraceOrder) => {
  if (order === 'start') {
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    // What was counted before is not asked for.
    await session.post('Profiler.takePreciseCoverage');
    process.send?.('started');
    return;
  }
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  const calls = result
    .filter(({ url }) => url.startsWith(ROOT) && !url.includes('node_modules') && !url.includes('/tests/'))
    .flatMap(({ url, functions }) =>
      functions
        .map(({ functionName, ranges }) => ({ functionName, count: ranges[0]?.count ?? 0 }))
        .filter(({ functionName, count }) => functionName !== '' && count > 0)
        .map(({ functionName, count }): TracedCall => ({ file: url.slice(ROOT.length), functionName, count })),
    );
  process.send?.(calls);
});
process.on('disconnect', () => process.exit());
process.send?.(companion.listening.port);
