import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_POLLING_SETTINGS, parsePollingMessage, parsePollingOrder } from './polling.ts';

describe('an order', () => {
  test('is read back', () => {
    for (const order of [{ type: 'clock' }, { type: 'done' }, { type: 'run', ...DEFAULT_POLLING_SETTINGS }])
      expect(parsePollingOrder(JSON.stringify(order))).toEqual({ order });
  });

  test('that is none has a problem, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parsePollingOrder(text)).toHaveProperty('problem');
        expect(parsePollingMessage(text)).toHaveProperty('problem');
      }),
    );
  });
});

describe('a message of the server', () => {
  const id = 'AAAAAAAAAAAAAAAAAAAAAA';
  test.each([
    { type: 'run', id },
    { type: 'clock', ms: 1.5 },
    { type: 'started' },
    { type: 'problem', sentence: 'No.' },
  ])('is read back: %j', (message) => {
    expect(parsePollingMessage(JSON.stringify(message))).toEqual({ message });
  });

  const both = { up: 600, down: 320 };
  const answers = [
    { arrivedMs: 3, answeredMs: 3, first: 0, count: 2 },
    { answeredMs: 4, first: 2, count: 0 },
  ];
  const transport = { opening: both, bytes: both, fields: both, payloadBytes: 40, requests: 2, answers };
  const transports = { polling: transport, 'long-polling': transport, events: transport, websocket: transport };

  test('with a report is read', () => {
    const text = JSON.stringify({ type: 'report', report: { eventsMs: [1, 2], transports } });
    expect(parsePollingMessage(text)).toMatchObject({ message: { report: { eventsMs: [1, 2] } } });
  });

  test.each([
    { type: 'run', id: 'short' },
    { type: 'clock', ms: '1' },
    { type: 'report', report: { eventsMs: [1], transports: {} } },
    { type: 'report', report: { eventsMs: [-1], transports } },
    { type: 'report', report: { eventsMs: [1], transports: { ...transports, events: { ...transport, bytes: {} } } } },
    {
      type: 'report',
      report: { eventsMs: [1], transports: { ...transports, events: { ...transport, answers: [{}] } } },
    },
  ])('that no companion sends has a problem: %#', (message) => {
    expect(parsePollingMessage(JSON.stringify(message))).toHaveProperty('problem');
  });
});
