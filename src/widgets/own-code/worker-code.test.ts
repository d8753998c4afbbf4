import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Order } from './host/order.ts';
import { MAX_ANSWER_MS, WorkerCode, type WorkerLike } from './worker-code.ts';

/** A worker that answers only when the test tells it to. */
class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  readonly asked: { readonly id: number; readonly order: Order }[] = [];
  terminated = false;

  postMessage(message: { readonly id: number; readonly order: Order }): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: unknown): void {
    this.onmessage?.({ data });
  }
}

const ORDER: Order = { type: 'call', stage: 'accept', args: ['key'] };
const ANSWER = { values: ['answer'], lines: [] };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function running(): Promise<{ readonly worker: FakeWorker; readonly code: WorkerCode }> {
  const worker = new FakeWorker();
  const code = new WorkerCode(worker);
  worker.say({ runs: true });
  return { worker, code };
}

describe('code in a worker', () => {
  test('is asked once it runs, and answers', async () => {
    const worker = new FakeWorker();
    const code = new WorkerCode(worker);
    const answer = code.ask(ORDER);
    await vi.advanceTimersByTimeAsync(5000);
    expect(worker.asked).toEqual([]);
    worker.say({ runs: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.asked).toEqual([{ id: 1, order: ORDER }]);
    worker.say({ id: 1, answer: ANSWER });
    expect(await answer).toEqual(ANSWER);
  });

  test('is ended if it gives no answer in time, and every later answer says so', async () => {
    const { worker, code } = await running();
    const answer = code.ask(ORDER);
    await vi.advanceTimersByTimeAsync(MAX_ANSWER_MS - 1);
    expect(worker.terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(worker.terminated).toBe(true);
    expect((await answer).error).toMatchObject({
      name: 'Timeout',
      message: expect.stringContaining('Your code ran for 2 seconds without an answer'),
    });
    expect((await code.ask(ORDER)).error?.name).toBe('Timeout');
    expect(worker.asked).toHaveLength(1);
  });

  test('an answer in time stops the clock', async () => {
    const { worker, code } = await running();
    const answer = code.ask(ORDER);
    await vi.advanceTimersByTimeAsync(MAX_ANSWER_MS - 1);
    worker.say({ id: 1, answer: ANSWER });
    await answer;
    await vi.advanceTimersByTimeAsync(10 * MAX_ANSWER_MS);
    expect(worker.terminated).toBe(false);
  });

  test.each([undefined, 'text', { id: 2, answer: ANSWER }, { id: 1 }, { runs: true }])(
    'what the reader’s code may send itself is no answer: %j',
    async (data) => {
      const { worker, code } = await running();
      const answer = code.ask(ORDER);
      await vi.advanceTimersByTimeAsync(0);
      worker.say(data);
      await vi.advanceTimersByTimeAsync(MAX_ANSWER_MS);
      expect((await answer).error?.name).toBe('Timeout');
    },
  );

  test('can be stopped', async () => {
    const { worker, code } = await running();
    const answer = code.ask(ORDER);
    await vi.advanceTimersByTimeAsync(0);
    code.stop();
    expect((await answer).error?.name).toBe('Stopped');
    expect(worker.terminated).toBe(true);
  });

  test('says so if the worker cannot be loaded, or never starts', async () => {
    const worker = new FakeWorker();
    const lost = new WorkerCode(worker).ask(ORDER);
    worker.onerror?.({});
    expect((await lost).error?.name).toBe('Crash');
    const silent = new WorkerCode(new FakeWorker()).ask(ORDER);
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await silent).error?.message).toContain('did not start');
  });
});
