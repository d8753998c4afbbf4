// Loaded into the server's process: the wall clock jumps by hours, forward and back, at every look.

const HOUR_MS = 3_600_000;
const SystemDate = Date;
let looks = 0;

/** Up to twelve hours ahead, then as many behind, and so on. */
const jumpMs = () => (looks++ % 2 === 0 ? 1 : -1) * (1 + (looks % 12)) * HOUR_MS;

globalThis.Date = class extends SystemDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? SystemDate.now() + jumpMs() : given[0]);
  }

  static override now(): number {
    return SystemDate.now() + jumpMs();
  }
} as typeof Date;
