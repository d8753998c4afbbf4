/** A service manager, Ctrl+C, a terminal that is closed, and Ctrl+\. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

/** What a shell expects of a program that Ctrl+C ended. */
const INTERRUPTED = 130;

/**
 * One wish to end can come as two signals: Ctrl+C goes to npm and to the server, and npm passes it on to the server again.
 * Measured, the two are a few milliseconds apart. A person who presses Ctrl+C twice takes longer than this.
 */
const SAME_WISH_MS = 300;

const LOOK_AT_PARENT_MS = 500;

/**
 * The shell in which npm runs a script of this project. npm sends SIGTERM to that shell alone; the shell dies of it and
 * tells nobody. (`exec node …` in the script would put the server in the shell's place, but the shell of Windows has no
 * `exec`.) So the server looks whether its parent is still the same.
 */
const PARENT = process.env['npm_lifecycle_script']?.includes('scripts/run.mjs') ? process.ppid : undefined;

/**
 * Waits for the first signal to end, or for the end of the npm that started this process, and then for `close`. The second
 * signal ends the process at once: a peer that does not answer holds up nobody who is in a hurry.
 */
export async function closeOnSignals(close: () => Promise<void>, parent = PARENT): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAtMs: number | undefined;
  const onSignal = () => {
    firstAtMs ??= performance.now();
    if (performance.now() - firstAtMs > SAME_WISH_MS) process.exit(INTERRUPTED);
    resolve();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const stopWatching = parent === undefined ? () => {} : whenOrphaned(parent, resolve);
  await promise;
  stopWatching();
  await close();
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
}

/**
 * The system gives an orphan another parent; on Windows it does not, and npm is not sent signals there.
 *
 * @returns stops watching
 */
function whenOrphaned(parent: number, act: () => void): () => void {
  const timer = setInterval(() => {
    if (process.ppid !== parent) act();
  }, LOOK_AT_PARENT_MS).unref();
  return () => clearInterval(timer);
}
