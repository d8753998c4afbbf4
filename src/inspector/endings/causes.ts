import type { Cause } from './cause.ts';
import { clientVanished } from './causes/client-vanished.ts';
import { endedAfterSilence } from './causes/ended-after-silence.ts';
import { normalClosure } from './causes/normal-closure.ts';
import { pageLeft } from './causes/page-left.ts';
import { proxyIdleTimeout } from './causes/proxy-idle-timeout.ts';
import { recordingCut } from './causes/recording-cut.ts';
import { serverKilled } from './causes/server-killed.ts';
import { serverRestarted } from './causes/server-restarted.ts';
import { stillOpen } from './causes/still-open.ts';
import { unknown } from './causes/unknown.ts';

/** Every cause in the order of certainty: the first that finds itself in a story is told. */
export const CAUSES: readonly Cause[] = [
  serverRestarted,
  pageLeft,
  normalClosure,
  proxyIdleTimeout,
  endedAfterSilence,
  serverKilled,
  clientVanished,
  recordingCut,
  stillOpen,
  unknown,
];
