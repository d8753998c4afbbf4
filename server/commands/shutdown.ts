/** From a service manager, Ctrl+C, a closed terminal, and Ctrl+\. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

/** The exit status of a program that Ctrl+C ended. */
const INTERRUPTED = 130;

/**
 * One Ctrl+C can arrive as two signals: the terminal sends it to npm and to the server, and npm passes it on to the
 * server again, a few milliseconds later. A person who presses Ctrl+C twice takes longer than this.
 */
const SAME_REQUEST_MS = 300;

const PARENT_CHECK_MS = 500;

/**
 * The shell in which npm runs a script of this project. npm sends SIGTERM only to that shell, which ends without
 * passing it on. (`exec node …` in the script would replace the shell by the server, but the shell of Windows has no
 * `exec`.) So the server checks whether its parent process is still the same.
 */
const PARENT = process.env['npm_lifecycle_script']?.includes('scripts/run.mjs') ? process.ppid : undefined;

/**
 * Waits for the first signal, or for the end of the npm that started this process, and then for `close`. A second
 * signal ends the process at once, so a peer that does not answer cannot delay the shutdown.
 */
export async function closeOnSignals(close: () => Promise<void>, parent = PARENT): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAtMs: number | undefined;
  const onSignal = () => {
    firstAtMs ??= performance.now();
    if (performance.now() - firstAtMs > SAME_REQUEST_MS) process.exit(INTERRUPTED);
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
 * Calls `act` when the parent process is gone: the system then gives this process another parent. Windows does not, but
 * npm gets no signals there.
 *
 * @returns a function that stops watching
 */
function whenOrphaned(parent: number, act: () => void): () => void {
  const timer = setInterval(() => {
    if (process.ppid !== parent) act();
  }, PARENT_CHECK_MS).unref();
  return () => clearInterval(timer);
}
