import { expect, test } from 'vitest';
import { runExample } from './run-example.ts';

test('the proxy stands in front of Vite, socket.io and graphql-ws, as its examples say', {
  timeout: 100_000,
}, async () => {
  const { tests } = await runExample('examples/proxy');
  expect(tests.flatMap(({ status, failureMessages }) => (status === 'passed' ? [] : failureMessages))).toEqual([]);
  expect(tests.map(({ fullName }) => fullName.trim()).sort()).toEqual([
    'a client of socket.io connects again after the network was cut, and sends what waited',
    'a subscription of graphql-ws waits for the message that a rule holds',
    'the page of Vite comes through the proxy, and an edited file is an update on its WebSocket',
  ]);
});
