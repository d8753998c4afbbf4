import type { ServerSettings } from '../faults/server-process.ts';

/** What peers may try on a server, and what it may cost. */
export interface Attack {
  /** What they do, in a few words. */
  readonly name: string;
  /** What it is at this scale, for the table. */
  load(scale: number): string;
  /** Where the server is another than `framelight serve`. */
  readonly settings?: ServerSettings;
  /** Whether the ws package's server, which echoes on every path, can be put to the same. */
  readonly comparable?: boolean;
  /**
   * Does it, and leaves.
   *
   * @param scale 1: as much as `npm run attack` does, which is harmless anywhere; `npm test` does less
   */
  attack(port: number, scale: number): Promise<void>;
  /** The scale in `npm test`, where it is not 1: as little as breaks a server without the bound. */
  readonly testScale?: number;
  /** What it may cost at scale 1. */
  readonly bounds: AttackBounds;
}

export interface AttackBounds {
  /** By how much the process may grow, in MiB. */
  readonly peakMegabytes: number;
  /** How long a bystander may wait for an echo, in ms. */
  readonly worstLatencyMs: number;
  /** How many lines may be logged; any number, where it is left out. */
  readonly lines?: number;
}

/** So many of something, at least one. */
export function scaled(count: number, scale: number): number {
  return Math.max(1, Math.round(count * scale));
}
