import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

// Loaded into the server's process before the server: tells, when it is asked, what the process has used.

/** What a process has used so far. */
export interface Usage {
  /** All of its memory, in bytes. */
  readonly rss: number;
  /** The most of it that there ever was, in bytes. */
  readonly peakRss: number;
  /** The heap, and the memory of arrays outside it, in bytes: what is alive, where it was collected before. */
  readonly alive: number;
  /** Time of the processor, in ms: the program's and the system's on its behalf. */
  readonly processorMs: number;
  /** TCP connections, at whatever stage. */
  readonly sockets: number;
  /** What the process takes for the time of day, in ms since 1970. */
  readonly timeOfDay: number;
}

export interface UsageQuestion {
  /** Whether what nobody refers to any more is to be gone before. */
  readonly collect: boolean;
}

// The system shows a process its memory as a file: so a descriptor is kept for that, for when there are no others.
let spare = openSync(devNull, 'r');

function usage({ collect }: UsageQuestion): Usage {
  // Twice: what a finalizer lets go of is garbage only then.
  for (let i = 0; collect && i < 2; i++) globalThis.gc?.();
  closeSync(spare);
  const { rss, heapUsed, external } = process.memoryUsage();
  spare = openSync(devNull, 'r');
  const { user, system } = process.cpuUsage();
  return {
    rss,
    peakRss: process.resourceUsage().maxRSS * 1024,
    alive: heapUsed + external,
    processorMs: (user + system) / 1000,
    sockets: process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length,
    timeOfDay: Date.now(),
  };
}

process.on('message', (question) => process.send?.(usage(question as UsageQuestion)));
// Whoever started the server is gone: so nobody would end it.
process.on('disconnect', () => process.exit());
// Being asked is no reason to live.
process.channel?.unref();
