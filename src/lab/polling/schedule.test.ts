import { expect, test } from 'vitest';
import { countEvents, DEFAULT_POLLING_SETTINGS, POLLING_BOUNDS } from '../../companion/polling.ts';
import { answerText, EVENT_BYTES, eventIndex, eventText, eventTimes, streamedText } from './schedule.ts';

const { min, max } = POLLING_BOUNDS.everyMs;

test.each([min, 60, DEFAULT_POLLING_SETTINGS.everyMs, max])(
  'events every %i ms are that far apart on average',
  (everyMs) => {
    const times = eventTimes({ everyMs });
    expect(times).toHaveLength(countEvents({ everyMs }));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((times.at(-1) ?? 0) / (times.length - 1)).toBeGreaterThan(0.9 * everyMs);
    expect((times.at(-1) ?? 0) / (times.length - 1)).toBeLessThan(1.1 * everyMs);
  },
);

test('no run has so few events that nothing can be seen, nor takes longer than ten seconds', () => {
  for (let everyMs = min; everyMs <= max; everyMs += 10) {
    const times = eventTimes({ everyMs });
    expect(times.length).toBeGreaterThanOrEqual(8);
    expect(times.length).toBeLessThanOrEqual(60);
    expect(times.at(-1)).toBeLessThan(10_000);
  }
});

test('every event has the same length, and is told by its text', () => {
  for (let i = 0; i < 60; i++) {
    expect(eventText(i)).toHaveLength(EVENT_BYTES);
    expect(JSON.parse(eventText(i))).toHaveProperty('price');
    expect(eventIndex(eventText(i))).toBe(i);
  }
  for (const text of ['', '{"n":10,"price":101}', '{"n":1}', 'x{"n":10,"price":100}', '{"n":05,"price":100}'])
    expect(eventIndex(text)).toBeUndefined();
});

test('an answer carries one event on each line, a stream one in each block', () => {
  expect(answerText(3, 0)).toBe('');
  expect(answerText(3, 2).split('\n').map(eventIndex)).toEqual([3, 4]);
  expect(streamedText(0)).toBe(`data: ${eventText(0)}\n\n`);
});
