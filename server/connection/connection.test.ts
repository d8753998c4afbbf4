import { describe, expect, test } from 'vitest';
import type { CloseEvent } from '../../src/protocol/index.ts';
import { echo } from '../handlers/echo.ts';
import { masked, maskedText, RawPeer } from '../testing/raw-peer.ts';
import { expected, serveRoute } from '../testing/sockets.ts';
import type { Handler, HandlerEvent } from './handler.ts';

const closeFrame = (code: number) => masked({ opcode: 8, payload: new Uint8Array([code >> 8, code & 255]) });

/** A handler that passes each event on to another handler, and reports the close. */
function watched(handler: Handler = { dispatch() {} }) {
  const { promise: closed, resolve } = expected<CloseEvent>();
  const dispatch: Handler['dispatch'] = (event, connection) => {
    handler.dispatch(event, connection);
    if (event.type === 'close') resolve(event);
  };
  return { closed, handler: { dispatch } };
}

describe('a handler', () => {
  test('gets all events, in order', async () => {
    const types: string[] = [];
    const { closed, handler } = watched({ dispatch: ({ type }) => types.push(type) });
    const { port } = await serveRoute({ handler });
    const peer = await RawPeer.open(port, '/');
    const empty = new Uint8Array(0);
    peer.send(masked({ opcode: 9, payload: empty }), maskedText('x'), masked({ opcode: 10, payload: empty }));
    peer.send(closeFrame(4000));
    expect(await closed).toMatchObject({ closeCode: 4000, clean: true });
    expect(types).toEqual(['open', 'ping', 'message', 'pong', 'close']);
    await peer.end();
  });

  test('that throws ends its connection with 1011, one line in the log, and no other connection', async () => {
    const failing: Handler = {
      dispatch(event) {
        if (event.type === 'message' && event.payload.length > 3) throw new Error('out of order');
      },
    };
    const { port, lines } = await serveRoute({ handler: failing });
    const [peer, other] = [await RawPeer.open(port, '/'), await RawPeer.open(port, '/')];
    peer.send(maskedText('Hello'), maskedText('again'));
    const close = await peer.frame();
    expect(close.payload.readUInt16BE()).toBe(1011);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/failed on message: Error: out of order/);
    other.send(maskedText('x'), masked({ opcode: 9, payload: new Uint8Array(1) }));
    expect((await other.frame()).opcode).toBe(10);
  });

  test('that closes with a code that must not be sent has failed', async () => {
    const { handler, closed } = watched({
      dispatch(event, connection) {
        if (event.type === 'message') connection.close(1006);
      },
    });
    const { port, lines } = await serveRoute({ handler });
    const peer = await RawPeer.open(port, '/');
    peer.send(maskedText('Hello'));
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1011);
    expect(lines[0]).toMatch(/1006/);
    peer.send(closeFrame(1011));
    expect((await closed).clean).toBe(true);
    await peer.end();
  });

  test('can call send after the close has begun, and nothing goes out', async () => {
    const { handler, closed } = watched({
      dispatch(event, connection) {
        if (event.type !== 'message') return;
        connection.close(1000);
        connection.send(event);
      },
    });
    const { port } = await serveRoute({ handler });
    const peer = await RawPeer.open(port, '/');
    peer.send(maskedText('Hello'), closeFrame(1000));
    expect((await peer.frame()).opcode).toBe(8);
    await peer.end();
    await expect(peer.frame()).rejects.toThrow('ended');
    expect((await closed).clean).toBe(true);
  });
});

describe('the end', () => {
  test('a violation is answered with its close code, after what came before it', async () => {
    const { handler, closed } = watched(echo);
    const { port, lines } = await serveRoute({ handler });
    const peer = await RawPeer.open(port, '/');
    peer.send(maskedText('before'), masked({ opcode: 3, payload: new Uint8Array(0) }), maskedText('after'));
    expect((await peer.frame()).payload.toString()).toBe('before');
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1002);
    await peer.end();
    expect((await closed).violation?.rule).toBe('reserved-data-opcode');
    expect(lines).toEqual([expect.stringMatching(/^#1 127\.0\.0\.1:\d+ \/: failed with 1002, reserved-data-opcode$/)]);
  });

  test('a FIN without a close frame is 1006', async () => {
    const { handler, closed } = watched(echo);
    const { port, lines } = await serveRoute({ handler });
    const peer = await RawPeer.open(port, '/');
    peer.send(maskedText('last'));
    peer.socket.end();
    expect((await peer.frame()).payload.toString()).toBe('last');
    expect(await closed).toMatchObject({ closeCode: 1006, clean: false });
    await peer.end();
    expect(lines[0]).toMatch(/ended without a close frame$/);
  });

  test('a reset is 1006', async () => {
    const { handler, closed } = watched(echo);
    const { port, lines } = await serveRoute({ handler });
    const peer = await RawPeer.open(port, '/');
    peer.socket.resetAndDestroy();
    expect(await closed).toMatchObject({ closeCode: 1006, clean: false });
    expect(lines[0]).toMatch(/ended without a close frame \(ECONNRESET\)$/);
  });

  test('a peer that goes on sending after the close still gets the close frame, and is cut off in time', async () => {
    const { handler, closed } = watched(echo);
    const { port } = await serveRoute({ handler }, { closingTimeoutMs: 60 });
    const peer = await RawPeer.open(port, '/');
    peer.send(masked({ opcode: 3, payload: new Uint8Array(0) }));
    const timer = setInterval(() => peer.send(new Uint8Array(1000)), 5);
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1002);
    expect((await closed).clean).toBe(false);
    clearInterval(timer);
    peer.socket.destroy();
  });
});

describe('a silent peer', () => {
  test('is pinged, and stays while it answers', async () => {
    const { handler, closed } = watched(echo);
    const { port, webSockets, lines } = await serveRoute({ handler }, { idleTimeoutMs: 800 });
    const peer = await RawPeer.open(port, '/');
    for (let answered = 0; answered < 3; answered++) {
      const ping = await peer.frame();
      expect(ping.opcode).toBe(9);
      peer.send(masked({ opcode: 10, payload: ping.payload }));
    }
    expect(webSockets.size).toBe(1);
    // The peer stops answering.
    expect((await peer.frame()).opcode).toBe(9);
    const close = await peer.frame();
    expect(close.payload.readUInt16BE()).toBe(1008);
    expect(await closed).toMatchObject({ closeCode: 1006, clean: false });
    expect(lines).toEqual([expect.stringMatching(/ \/: closed with 1008: nothing heard for 800 ms$/)]);
    peer.socket.destroy();
  });

  test('is also a peer that sends a frame one byte at a time and never ends it', async () => {
    const { handler } = watched(echo);
    const { port } = await serveRoute({ handler }, { idleTimeoutMs: 80 });
    const peer = await RawPeer.open(port, '/');
    const frame = masked({ opcode: 2, payload: new Uint8Array(10_000) });
    let sent = 0;
    const timer = setInterval(() => peer.send(frame.subarray(sent, ++sent)), 4);
    expect((await peer.frame()).opcode).toBe(9);
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1008);
    clearInterval(timer);
    peer.socket.destroy();
  });
});

describe('a peer that does not read', () => {
  const limits = { maxUnsentBytes: 256 * 1024, idleTimeoutMs: 120, closingTimeoutMs: 60 };
  const message = masked({ opcode: 2, payload: new Uint8Array(100_000) });

  test('is no longer read from, and is closed in the end', async () => {
    let most = 0;
    const measured: Handler = {
      dispatch(event: HandlerEvent, connection) {
        echo.dispatch(event, connection);
        most = Math.max(most, connection.bufferedBytes);
      },
    };
    const { handler, closed } = watched(measured);
    const { port } = await serveRoute({ handler }, limits);
    const peer = await RawPeer.open(port, '/');
    peer.socket.pause();
    for (let i = 0; i < 400; i++) peer.socket.write(message);
    expect(await closed).toMatchObject({ closeCode: 1006, clean: false });
    expect(most).toBeGreaterThan(limits.maxUnsentBytes);
    expect(most).toBeLessThan(limits.maxUnsentBytes + 3 * message.length);
    peer.socket.destroy();
  });

  test('gets everything when it reads again', async () => {
    const { promise: full, resolve } = expected<void>();
    const measured: Handler = {
      dispatch(event, connection) {
        echo.dispatch(event, connection);
        if (connection.bufferedBytes > limits.maxUnsentBytes) resolve();
      },
    };
    const { port } = await serveRoute({ handler: measured }, { ...limits, idleTimeoutMs: 0 });
    const peer = await RawPeer.open(port, '/');
    peer.socket.pause();
    const count = 400;
    for (let i = 0; i < count; i++) peer.socket.write(message);
    await full;
    peer.socket.resume();
    for (let i = 0; i < count; i++) expect((await peer.frame()).payload.length).toBe(100_000);
    peer.socket.destroy();
  });
});
