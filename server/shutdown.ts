const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What a shell expects of a program that Ctrl+C ended. */
const INTERRUPTED = 130;

/**
 * Waits for the first signal to end, and then for `close`. The second ends the process at once: a
 * peer that does not answer holds up nobody who is in a hurry.
 */
export async function closeOnSignals(close: () => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let signals = 0;
  const onSignal = () => {
    signals++;
    if (signals > 1) process.exit(INTERRUPTED);
    resolve();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  await promise;
  await close();
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
}
