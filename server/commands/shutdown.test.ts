import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeOnSignals } from './shutdown.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

let exit: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  vi.useFakeTimers();
  exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as () => never);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A server that is closing until it is told that it has closed. */
function serve(parent?: number) {
  const closing = Promise.withResolvers<void>();
  const close = vi.fn(() => closing.promise);
  const ended = closeOnSignals(close, parent);
  return { close, ended, finish: closing.resolve };
}

/** What waits for a promise has run. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe.each(SIGNALS)('%s', (signal) => {
  test('closes, and leaves no listener behind', async () => {
    const before = process.listenerCount(signal);
    const { close, ended, finish } = serve();
    await settle();
    expect(close).not.toHaveBeenCalled();
    process.emit(signal);
    await settle();
    expect(close).toHaveBeenCalledTimes(1);
    finish();
    await ended;
    expect(process.listenerCount(signal)).toBe(before);
    expect(exit).not.toHaveBeenCalled();
  });

  test.each(SIGNALS)('and %s right behind it are one wish', async (next) => {
    const { close, ended, finish } = serve();
    process.emit(signal);
    process.emit(next);
    await vi.advanceTimersByTimeAsync(200);
    process.emit(next);
    expect(exit).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalledTimes(1);
    finish();
    await ended;
  });

  test.each(SIGNALS)('and %s later end the process at once', async (next) => {
    const { ended, finish } = serve();
    process.emit(signal);
    await vi.advanceTimersByTimeAsync(400);
    process.emit(next);
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    finish();
    await ended;
  });
});

describe('the end of the parent', () => {
  test('closes', async () => {
    const parent = vi.spyOn(process, 'ppid', 'get').mockReturnValue(4711);
    const { close, ended, finish } = serve(4711);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(close).not.toHaveBeenCalled();
    parent.mockReturnValue(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(close).toHaveBeenCalledTimes(1);
    finish();
    await ended;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('behind a signal is not a second one', async () => {
    const parent = vi.spyOn(process, 'ppid', 'get').mockReturnValue(4711);
    const { ended, finish } = serve(4711);
    process.emit('SIGINT');
    parent.mockReturnValue(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(exit).not.toHaveBeenCalled();
    finish();
    await ended;
  });

  test('is nothing to a server that npm did not start', async () => {
    vi.spyOn(process, 'ppid', 'get').mockReturnValue(1);
    const { close, ended, finish } = serve();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(close).not.toHaveBeenCalled();
    process.emit('SIGTERM');
    finish();
    await ended;
  });
});
