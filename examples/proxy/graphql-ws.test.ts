import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { proxy } from 'framelight/proxy';
import type { buildSchema as BuildSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';

// Vitest would import another copy of graphql 17 than graphql-ws does: the one of the condition "development".
const { buildSchema } = createRequire(import.meta.url)('graphql') as { buildSchema: typeof BuildSchema };

// A slow server: a rule of the proxy holds one message back, and the client must wait for it.

test('a subscription of graphql-ws waits for the message that a rule holds', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  async function* greetings() {
    yield { greetings: 'Hi' };
    yield { greetings: 'Bonjour' };
  }
  useServer(
    {
      schema: buildSchema('type Query { hello: String } type Subscription { greetings: String }'),
      roots: { subscription: { greetings } },
    },
    server,
  );
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const between = await proxy(url, { rules: ['out & text~/Bonjour/ -> hold'] });
  const client = createClient({ url: between.url });
  onTestFinished(async () => {
    await client.dispose();
    await between.close();
    server.close();
  });

  const heard: unknown[] = [];
  const ended = (async () => {
    for await (const { data } of client.iterate({ query: 'subscription { greetings }' }))
      heard.push(data?.['greetings']);
  })();
  await between.frame(({ payload }) => payload.text?.includes('Bonjour') === true);
  const types = between.frames().map(({ payload }) => JSON.parse(payload.text ?? '{}').type as string);
  expect(types.slice(0, 4)).toEqual(['connection_init', 'connection_ack', 'subscribe', 'next']);
  expect(heard).not.toContain('Bonjour');

  between.release();
  await ended;
  expect(heard).toEqual(['Hi', 'Bonjour']);
});
