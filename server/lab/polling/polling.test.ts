import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  MAX_POLLING_REQUESTS,
  type PollingMessage,
  type PollingReport,
  type PollingSettings,
  parsePollingMessage,
  type Transport,
} from '../../../src/companion/polling.ts';
import { EVENT_BYTES, eventIndex, eventText, eventTimes, streamedText } from '../../../src/lab/polling/schedule.ts';
import { statusOf } from '../../testing/access.ts';
import { startCompanion } from '../../testing/companion.ts';
import { ask } from '../../testing/http.ts';
import { maskedText, RawPeer, requestFor } from '../../testing/raw-peer.ts';
import { PollingRun } from './polling-run.ts';
import { SocketMeter } from './socket-meter.ts';

/** As short as a run can be: 60 events in a second. */
const FAST: PollingSettings = { delayMs: 10, everyMs: 20, pollMs: 30 };

const count = (settings: PollingSettings) => eventTimes(settings).length;

/** A page that orders runs. */
class Page {
  readonly #peer: RawPeer;

  private constructor(peer: RawPeer) {
    this.#peer = peer;
  }

  static async open(port: number): Promise<Page> {
    const peer = await RawPeer.open(port, '/lab/polling');
    onTestFinished(() => void peer.socket.destroy());
    return new Page(peer);
  }

  order(order: object): void {
    this.#peer.send(maskedText(JSON.stringify(order)));
  }

  async message(): Promise<PollingMessage> {
    const parsed = parsePollingMessage((await this.#peer.frame()).payload.toString());
    if ('problem' in parsed) throw new Error(parsed.problem);
    return parsed.message;
  }

  /** @returns the id of a new run */
  async start(settings: PollingSettings): Promise<string> {
    this.order({ type: 'run', ...settings });
    const message = await this.message();
    if (message.type !== 'run') throw new Error(`${JSON.stringify(message)} instead of an id`);
    return message.id;
  }

  leave(): void {
    this.#peer.socket.destroy();
  }

  /** Waits for the server's close frame, and leaves. */
  async sayGoodbye(): Promise<void> {
    while ((await this.#peer.frame()).opcode !== 8);
    this.leave();
  }
}

const HEADERS = ['User-Agent: a test', 'Cookie: session=1234567890'];

/** Asks over one connection that is kept, and counts what goes over it. */
class KeptConnection {
  readonly peer: RawPeer;
  sent = 0;
  #taken = 0;

  private constructor(peer: RawPeer) {
    this.peer = peer;
  }

  static async open(port: number): Promise<KeptConnection> {
    const peer = await RawPeer.connect(port);
    onTestFinished(() => void peer.socket.destroy());
    return new KeptConnection(peer);
  }

  get received(): number {
    return this.peer.received.length;
  }

  send(target: string): void {
    const head = `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${HEADERS.join('\r\n')}\r\n\r\n`;
    this.sent += head.length;
    this.peer.send(head);
  }

  /** @returns the body of the answer, which has a Content-Length */
  async answer(): Promise<string> {
    const rest = () => this.peer.received.toString('latin1', this.#taken);
    const bodyStart = () => rest().indexOf('\r\n\r\n') + 4;
    await this.peer.until(() => bodyStart() > 3);
    const length = Number(/Content-Length: (\d+)/i.exec(rest())?.[1]);
    await this.peer.until(() => rest().length >= bodyStart() + length);
    const body = rest().slice(bodyStart(), bodyStart() + length);
    this.#taken += bodyStart() + length;
    return body;
  }

  async ask(target: string): Promise<string> {
    this.send(target);
    return this.answer();
  }
}

const targetOf = (run: string, by: Transport, after = 0) => `/lab/polling?run=${run}&by=${by}&after=${after}`;

/** Asks until every event has come. @returns the numbers of the events, as they came */
async function pollAll(connection: KeptConnection, run: string, by: Transport, settings: PollingSettings) {
  const events: (number | undefined)[] = [];
  let requests = 0;
  while (events.length < count(settings)) {
    const body = await connection.ask(targetOf(run, by, events.length));
    requests++;
    events.push(...body.split('\n').filter(Boolean).map(eventIndex));
  }
  return { events, requests };
}

/** A whole run with four transports, each on a raw connection. */
async function runAll(settings: PollingSettings) {
  const { port } = await startCompanion();
  const page = await Page.open(port);
  const run = await page.start(settings);
  const [polled, longPolled, streamed] = await Promise.all([1, 2, 3].map(() => KeptConnection.open(port)));
  if (!polled || !longPolled || !streamed) throw new Error('no connection');
  // A browser uses a connection again that has loaded something else: that is not counted.
  await polled.ask('/healthz');
  const before = { sent: polled.sent, received: polled.received };
  streamed.send(targetOf(run, 'events'));
  const request = requestFor(`/lab/polling?run=${run}&by=websocket`, HEADERS);
  const socket = await RawPeer.connect(port);
  onTestFinished(() => void socket.socket.destroy());
  socket.send(request);
  const response = await socket.head();
  const polls = pollAll(polled, run, 'polling', settings);
  const longPolls = pollAll(longPolled, run, 'long-polling', settings);
  const frames: string[] = [];
  while (frames.length < count(settings)) frames.push((await socket.frame()).payload.toString());
  const socketBytes = socket.received.length;
  const last = streamedText(count(settings) - 1);
  await streamed.peer.until(() => streamed.peer.received.includes(`${last}\r\n`));
  const answers = { polls: await polls, longPolls: await longPolls };
  expect(await page.message()).toEqual({ type: 'started' });
  page.order({ type: 'done' });
  const message = await page.message();
  if (message.type !== 'report') throw new Error(`${JSON.stringify(message)} instead of a report`);
  const wire = {
    polling: { up: polled.sent - before.sent, down: polled.received - before.received },
    longPolling: { up: longPolled.sent, down: longPolled.received },
    opening: { up: request.length, down: response.length },
    websocket: { up: 0, down: socketBytes - response.length },
  };
  return { report: message.report, wire, frames, streamed, socket, ...answers };
}

const both = ({ opening, bytes }: PollingReport['transports'][Transport]) => ({
  up: opening.up + bytes.up,
  down: opening.down + bytes.down,
});

describe('a run', async () => {
  test('counts the bytes that a raw socket saw, for each of the four', async () => {
    const { report, wire, polls, longPolls, frames, streamed } = await runAll(FAST);
    const { transports, eventsMs } = report;
    const all = Array.from({ length: count(FAST) }, (_, index) => index);
    expect(eventsMs).toHaveLength(all.length);
    expect(polls.events).toEqual(all);
    expect(longPolls.events).toEqual(all);
    expect(frames).toEqual(all.map(eventText));

    expect(transports.polling.bytes).toEqual(wire.polling);
    expect(transports['long-polling'].bytes).toEqual(wire.longPolling);
    expect(transports.websocket.opening).toEqual(wire.opening);
    expect(transports.websocket.bytes).toEqual(wire.websocket);
    // Two bytes before each event, and no more.
    expect(wire.websocket.down).toBe(all.length * (2 + EVENT_BYTES));
    expect(both(transports.events).up).toBe(streamed.sent);
    expect(transports.events.bytes.up).toBe(0);
    // What came later is the end of the stream: an empty chunk.
    expect(streamed.received - both(transports.events).down).toBeLessThanOrEqual('0\r\n\r\n'.length);

    expect(transports.polling.requests).toBe(polls.requests);
    expect(transports['long-polling'].requests).toBe(longPolls.requests);
    for (const each of Object.values(transports)) {
      expect(each.payloadBytes).toBe(all.length * EVENT_BYTES);
      expect(each.answers.reduce((sum, { count: carried }) => sum + carried, 0)).toBe(all.length);
    }
    // Host, the two headers of the test; of the response eight.
    expect(transports.polling.fields.up).toBe(3 * polls.requests);
  });

  test('delays everything on its way in, and on its way out', async () => {
    const settings = { delayMs: 80, everyMs: 20, pollMs: 10 };
    const { port } = await startCompanion();
    const page = await Page.open(port);
    const run = await page.start(settings);
    const connection = await KeptConnection.open(port);
    const askedAtMs = performance.now();
    await connection.ask(targetOf(run, 'polling'));
    // Timers are up to a millisecond early.
    expect(performance.now() - askedAtMs).toBeGreaterThanOrEqual(2 * settings.delayMs - 2);
  });

  test('holds a long poll until something happens, and sends it the next event alone', async () => {
    const { report } = await runAll({ delayMs: 4, everyMs: 20, pollMs: 10 });
    const { answers } = report.transports['long-polling'];
    expect(answers[0]).toMatchObject({ first: 0, count: 1 });
    expect(answers[0]?.answeredMs).toBeGreaterThanOrEqual(report.eventsMs[0] ?? Number.POSITIVE_INFINITY);
    expect(answers.every(({ count: carried }) => carried > 0)).toBe(true);
  });

  test('ends everything that belongs to it once it is done', async () => {
    const { socket, streamed } = await runAll({ delayMs: 4, everyMs: 20, pollMs: 10 });
    expect((await socket.frame()).opcode).toBe(8);
    await streamed.peer.until(() => streamed.peer.received.toString().endsWith('0\r\n\r\n'));
  });
});

test('a page that leaves ends its run: what is held, delayed or streamed, and every timer', async () => {
  const { port, lines } = await startCompanion();
  const page = await Page.open(port);
  const run = await page.start({ delayMs: 300, everyMs: 1000, pollMs: 3000 });
  const [held, delayed, streamed] = await Promise.all([1, 2, 3].map(() => KeptConnection.open(port)));
  if (!held || !delayed || !streamed) throw new Error('no connection');
  held.send(targetOf(run, 'long-polling'));
  streamed.send(targetOf(run, 'events'));
  await streamed.peer.until(() => streamed.peer.received.includes('text/event-stream'));
  const socket = await RawPeer.open(port, `/lab/polling?run=${run}`);
  onTestFinished(() => void socket.socket.destroy());
  delayed.send(targetOf(run, 'polling'));
  // A question and its answer: the request before it has come as well.
  await ask(port, '/healthz');
  page.leave();
  expect(await held.answer()).toBe('');
  expect(await delayed.answer()).toBe('');
  await streamed.peer.until(() => streamed.peer.received.toString().endsWith('0\r\n\r\n'));
  expect((await socket.frame()).opcode).toBe(8);
  const answer = await ask(port, targetOf(run, 'polling'));
  expect(answer.status).toBe(426);
  expect(held.peer.received.toString()).toContain('HTTP/1.1 410 ');
  expect(lines.filter((line) => line.includes('mistake'))).toEqual([]);
});

describe('what a page cannot do', () => {
  test.each([
    [{ type: 'run', delayMs: 301, everyMs: 100, pollMs: 100 }, 'delayMs must be a whole number from 0 to 300'],
    [{ type: 'run', delayMs: 0, everyMs: 19, pollMs: 100 }, 'everyMs must be a whole number from 20 to 1000'],
    [{ type: 'run', delayMs: 0, everyMs: 20, pollMs: 9.5 }, 'pollMs must be a whole number from 10 to 3000'],
    [{ type: 'run', delayMs: '0', everyMs: 20, pollMs: 10 }, 'delayMs'],
    [{ type: 'fly' }, 'neither run, nor clock, nor done'],
  ])('order %j', async (order, words) => {
    const { port } = await startCompanion();
    const page = await Page.open(port);
    page.order(order);
    expect(await page.message()).toEqual({ type: 'problem', sentence: expect.stringContaining(words) });
  });

  test('order two runs at once, nor more than four pages together', async () => {
    const { port } = await startCompanion();
    const pages = await Promise.all([1, 2, 3, 4, 5].map(() => Page.open(port)));
    const [first, ...others] = pages;
    const last = others.pop();
    if (first === undefined || last === undefined) throw new Error('no page');
    await first.start(FAST);
    first.order({ type: 'run', ...FAST });
    expect(await first.message()).toMatchObject({ sentence: expect.stringContaining('already going') });
    for (const page of others) await page.start(FAST);
    last.order({ type: 'run', ...FAST });
    expect(await last.message()).toMatchObject({ sentence: expect.stringContaining('Too many pages') });
    first.leave();
    // As soon as the server knows that it has left.
    for (let answer: PollingMessage['type'] = 'problem'; answer === 'problem'; answer = (await last.message()).type)
      last.order({ type: 'run', ...FAST });
  });

  test('ask without end', async () => {
    const { port } = await startCompanion();
    const page = await Page.open(port);
    const run = await page.start({ ...FAST, delayMs: 0 });
    const connection = await KeptConnection.open(port);
    for (let i = 0; i < MAX_POLLING_REQUESTS; i++) await connection.ask(targetOf(run, 'polling'));
    expect(connection.peer.received.includes('429')).toBe(false);
    await connection.ask(targetOf(run, 'polling'));
    expect(connection.peer.received.includes('HTTP/1.1 429 ')).toBe(true);
  });

  test('use a run that it did not order, or one from another page', async () => {
    const { port } = await startCompanion();
    const page = await Page.open(port);
    const run = await page.start(FAST);
    expect((await ask(port, targetOf('AAAAAAAAAAAAAAAAAAAAAA', 'polling'))).status).toBe(426);
    expect((await ask(port, '/lab/polling')).status).toBe(426);
    expect((await ask(port, targetOf(run, 'websocket'))).status).toBe(426);
    const stranger = await RawPeer.open(port, '/lab/polling?run=AAAAAAAAAAAAAAAAAAAAAA');
    expect((await stranger.frame()).payload.readUInt16BE(0)).toBe(1008);
  });

  test.each(['https://evil.example', 'null', 'http://localhost:1'])('be of the origin %s', async (origin) => {
    const { port } = await startCompanion();
    const page = await Page.open(port);
    const run = await page.start(FAST);
    const lines = `Host: localhost:${port}\r\nOrigin: ${origin}\r\n`;
    expect((await ask(port, targetOf(run, 'polling'), { lines })).status).toBe(403);
    expect(await statusOf(port, requestFor('/lab/polling', [`Origin: ${origin}`]))).toBe(403);
    expect((await ask(port, targetOf(run, 'polling'), { lines: 'Host: evil.example\r\n' })).status).toBe(403);
    expect((await ask(port, targetOf(run, 'polling'), { method: 'POST' })).status).toBe(405);
  });
});

test('the server tells its time, so that a page can compare the clocks', async () => {
  const { port } = await startCompanion();
  const page = await Page.open(port);
  const before = performance.now();
  page.order({ type: 'clock' });
  const message = await page.message();
  expect(message.type === 'clock' && message.ms).toBeGreaterThanOrEqual(before);
  expect(message.type === 'clock' && message.ms).toBeLessThanOrEqual(performance.now());
});

test('a companion that shuts down during a run ends it', async () => {
  const companion = await startCompanion();
  const page = await Page.open(companion.port);
  const run = await page.start(FAST);
  const held = await KeptConnection.open(companion.port);
  held.send(targetOf(run, 'long-polling'));
  await ask(companion.port, '/healthz');
  const closed = companion.close();
  await page.sayGoodbye();
  await held.answer();
  expect(held.peer.received.toString()).toContain('HTTP/1.1 410 ');
  await closed;
});

test('connections that are gone in the middle of a run harm nobody', async () => {
  const { port, lines } = await startCompanion();
  const page = await Page.open(port);
  const run = await page.start({ delayMs: 20, everyMs: 20, pollMs: 10 });
  const [held, delayed, streamed] = await Promise.all([1, 2, 3].map(() => KeptConnection.open(port)));
  if (!held || !delayed || !streamed) throw new Error('no connection');
  streamed.send(targetOf(run, 'events'));
  held.send(targetOf(run, 'long-polling'));
  delayed.send(targetOf(run, 'polling'));
  const socket = await RawPeer.open(port, `/lab/polling?run=${run}`);
  expect(await page.message()).toEqual({ type: 'started' });
  // An answer is on its way, and the stream goes on.
  delayed.send(targetOf(run, 'polling'));
  for (const { peer } of [held, delayed, streamed]) peer.socket.destroy();
  socket.socket.destroy();
  const other = await KeptConnection.open(port);
  const { events } = await pollAll(other, run, 'polling', { delayMs: 20, everyMs: 20, pollMs: 10 });
  expect(events).toHaveLength(60);
  page.order({ type: 'done' });
  expect(await page.message()).toMatchObject({ type: 'report', report: { eventsMs: { length: 60 } } });
  expect(lines.filter((line) => line.includes('mistake'))).toEqual([]);
});

test('a page that opens too little is told what is missing, and its run ends', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const told: PollingMessage[] = [];
  let ended = 0;
  const settings = { delayMs: 50, everyMs: 100, pollMs: 100 };
  const meter = new SocketMeter(createServer());
  new PollingRun({ settings, meter, tell: (message) => told.push(message), onEnded: () => ended++ });
  vi.advanceTimersByTime(4999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  const missing = 'Missing: polling, long-polling, events, websocket.';
  expect(told).toEqual([{ type: 'problem', sentence: expect.stringContaining(missing) }]);
  expect(ended).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});
