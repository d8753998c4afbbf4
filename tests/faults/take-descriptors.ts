import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

// Loaded into the server's process: from one SIGUSR2 to the next it takes all file descriptors that are free, and all
// that become free, as whatever else runs in the process might do.

const AGAIN_MS = 10;
let taken: number[] = [];
let timer: NodeJS.Timeout | undefined;

process.on('SIGUSR2', () => {
  if (timer === undefined) {
    takeAll();
    timer = setInterval(takeAll, AGAIN_MS);
    return;
  }
  clearInterval(timer);
  timer = undefined;
  for (const descriptor of taken) closeSync(descriptor);
  taken = [];
});

function takeAll(): void {
  try {
    for (;;) taken.push(openSync(devNull, 'r'));
  } catch {
    // There are no more: that was the aim.
  }
}
