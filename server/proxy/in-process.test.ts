import { once } from 'node:events';
import { proxy } from 'framelight/proxy';
import { expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';

async function start() {
  const companion = await startCompanion();
  const between = await proxy(`ws://127.0.0.1:${companion.port}/echo`);
  onTestFinished(() => between.close());
  const client = new WebSocket(between.url);
  await once(client, 'open');
  return { between, client };
}

test('a test sees the frames, and can wait for one', async () => {
  const { between, client } = await start();
  client.send('Hello');
  const frame = await between.frame(({ direction, payload }) => direction === 'out' && payload.text === 'Hello');
  expect(frame.masked).toBe(false);
  expect(between.frames().map(({ direction }) => direction)).toEqual(['in', 'out']);
});

test('a test cuts the network, and the client gets 1006', async () => {
  const { between, client } = await start();
  const closed = once(client, 'close');
  between.cut();
  expect(((await closed) as [CloseEvent])[0]).toMatchObject({ code: 1006, wasClean: false });
  expect(between.messages().at(-1)).toMatchObject({ type: 'close', closeCode: 1006 });
});

test('what is held is passed on after it is released, in order', async () => {
  const { between, client } = await start();
  const release = between.hold('out');
  const heard: unknown[] = [];
  const both = new Promise<void>((resolve) => {
    client.onmessage = ({ data }) => {
      heard.push(data);
      if (heard.length === 2) resolve();
    };
  });
  client.send('one');
  client.send('two');
  await between.frame(({ payload }) => payload.text === 'two');
  // Another connection is held, too, although it is younger: it does not open.
  const later = new WebSocket(between.url);
  const opened = once(later, 'open');
  // The server has answered: it answers another question after these.
  await fetch(between.url.replace(/^ws:(.*)\/echo$/, 'http:$1/healthz'), { signal: AbortSignal.timeout(100) }).catch(
    () => {},
  );
  expect([heard, later.readyState]).toEqual([[], WebSocket.CONNECTING]);
  release();
  await Promise.all([both, opened]);
  expect(heard).toEqual(['one', 'two']);
  later.close();
});

test('the target must be on this machine, unless the caller says otherwise', async () => {
  await expect(proxy('ws://192.0.2.1/')).rejects.toThrow('192.0.2.1 is not this machine');
  await expect(proxy('mailto:somebody')).rejects.toThrow(RangeError);
});
