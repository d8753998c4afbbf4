import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { DUMP_JSON_SUBPROTOCOL } from '../src/companion/paths.ts';
import { withCompanion } from './interop-companion.ts';
import { openWs } from './interop-ws-client.ts';

const address = withCompanion();

describe('/echo and the client of the ws package', () => {
  const mebibyte = Buffer.from(Uint8Array.from({ length: 1024 * 1024 }, (_, i) => i % 251));

  test.each([
    ['text', 'Grüße, \u{1F44B}'],
    ['an empty text', ''],
    ['a text of 65,536 bytes', 'x'.repeat(65_536)],
    ['a text that begins with U+FEFF', '\ufeffmark'],
  ])('echo %s', async (_name, text) => {
    const { socket, messages, closed } = await openWs(address('/echo'));
    socket.send(text);
    expect(await messages.next()).toEqual({ data: Buffer.from(text), isBinary: false });
    socket.close(1000);
    expect(await closed).toEqual({ code: 1000, reason: '' });
  });

  test.each([
    ['bytes', Buffer.from('00ff80fe', 'hex')],
    ['no bytes', Buffer.alloc(0)],
    ['1 MiB', mebibyte],
  ])('echo %s as binary', async (_name, data) => {
    const { socket, messages, closed } = await openWs(address('/echo'));
    socket.send(data);
    const echo = await messages.next();
    expect(echo.isBinary).toBe(true);
    expect(echo.data.equals(data)).toBe(true);
    socket.close();
    expect((await closed).code).toBe(1005);
  });

  test('echo a message in fragments as one, with a ping answered in between', async () => {
    const { socket, messages, pongs, closed } = await openWs(address('/echo'));
    socket.send('Hel', { fin: false });
    socket.ping('between');
    expect(await pongs.next()).toEqual(Buffer.from('between'));
    socket.send('lo', { fin: false });
    socket.send('', { fin: true });
    expect((await messages.next()).data.toString()).toBe('Hello');
    socket.close();
    await closed;
  });

  test('keep the order of a thousand messages sent at once', async () => {
    const { socket, messages, closed } = await openWs(address('/echo'));
    for (let i = 0; i < 1000; i++) socket.send(`message ${i}`);
    for (let i = 0; i < 1000; i++) expect((await messages.next()).data.toString()).toBe(`message ${i}`);
    socket.close();
    await closed;
  });

  test.each([1000, 1001, 1008, 1011, 3000, 4999])('close with %i, and the code comes back', async (code) => {
    const { socket, closed } = await openWs(address('/echo'));
    socket.close(code, 'that is all');
    expect((await closed).code).toBe(code);
  });

  test('goes on serving when a client is terminated in the middle of a frame', async () => {
    const gone = await openWs(address('/echo'));
    gone.socket.send('half', { fin: false });
    gone.socket.terminate();
    expect((await gone.closed).code).toBe(1006);
    const { socket, messages, closed } = await openWs(address('/echo'));
    socket.send('still there');
    expect((await messages.next()).data.toString()).toBe('still there');
    socket.close();
    await closed;
  });
});

describe('/broadcast', () => {
  test('sends a message to everyone, its sender included, with its type', async () => {
    const clients = await Promise.all([0, 1, 2].map(() => openWs(address('/broadcast'))));
    const [sender] = clients;
    sender?.socket.send('to all');
    sender?.socket.send(Buffer.from([1, 2, 3]));
    for (const { messages } of clients) {
      expect(await messages.next()).toEqual({ data: Buffer.from('to all'), isBinary: false });
      expect(await messages.next()).toEqual({ data: Buffer.from([1, 2, 3]), isBinary: true });
    }
    for (const { socket } of clients) socket.close();
    await Promise.all(clients.map(({ closed }) => closed));
  });
});

describe('/dump', () => {
  test('chooses dump.json where it is offered, and answers with the frame as it came', async () => {
    const { socket, messages, closed } = await openWs(address('/dump'), ['x-unknown', DUMP_JSON_SUBPROTOCOL]);
    expect(socket.protocol).toBe(DUMP_JSON_SUBPROTOCOL);
    socket.send('Hello');
    const dump = JSON.parse((await messages.next()).data.toString());
    expect(dump).toMatchObject({ type: 'frame', byteLength: 11, payload: { text: 'Hello' }, violations: [] });
    socket.close();
    await closed;
  });

  test('speaks text where no subprotocol is offered', async () => {
    const { socket, messages, closed } = await openWs(address('/dump'));
    expect(socket.protocol).toBe('');
    socket.send('Hello');
    expect((await messages.next()).data.toString()).toContain('Hello');
    socket.close();
    await closed;
  });
});

test('a path that nobody serves is refused with 404', async () => {
  const socket = new WebSocket(address('/nowhere'));
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('404');
});
