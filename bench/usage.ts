import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The resources that a server has used so far. */
export interface Usage {
  /** Processor time in ms: the program's own, and the system's on its behalf. */
  readonly processorMs: number;
  /** Memory, in bytes. */
  readonly memory: number;
}

/** @param collect whether to run the garbage collector before measuring memory */
export function usage({ collect }: { readonly collect: boolean }): Usage {
  if (collect) collectGarbage();
  const { user, system } = process.cpuUsage();
  return { processorMs: (user + system) / 1000, memory: process.memoryUsage.rss() };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
