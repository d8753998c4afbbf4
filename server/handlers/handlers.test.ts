import { describe, expect, test } from 'vitest';
import type { FrameDump } from '../../src/inspector/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { startCompanion } from '../testing/companion.ts';
import { masked, maskedText, RawPeer } from '../testing/raw-peer.ts';

const hello = maskedText('Hello');
const fragments = [
  masked({ fin: false, opcode: 1, payload: encodeText('Hel') }),
  masked({ opcode: 9, payload: encodeText('?') }),
  masked({ fin: false, opcode: 0, payload: encodeText('') }),
  masked({ opcode: 0, payload: encodeText('lo') }),
];

describe('/echo', () => {
  test('sends back the same type and the same bytes', async () => {
    const { port } = await startCompanion();
    const peer = await RawPeer.open(port, '/echo');
    const binary = new Uint8Array(70_000).map((_, i) => i);
    peer.send(...fragments, masked({ opcode: 2, payload: binary }), maskedText(''));
    expect((await peer.frame()).opcode).toBe(10);
    expect(await peer.frame()).toEqual({ fin: true, opcode: 1, payload: Buffer.from('Hello') });
    expect(await peer.frame()).toEqual({ fin: true, opcode: 2, payload: Buffer.from(binary) });
    expect(await peer.frame()).toEqual({ fin: true, opcode: 1, payload: Buffer.alloc(0) });
    peer.socket.destroy();
  });
});

describe('/broadcast', () => {
  test('sends to all, including the sender, and not to clients that have left', async () => {
    const { port } = await startCompanion();
    const [first, second, leaving] = [
      await RawPeer.open(port, '/broadcast'),
      await RawPeer.open(port, '/broadcast'),
      await RawPeer.open(port, '/broadcast'),
    ];
    leaving.send(masked({ opcode: 8, payload: new Uint8Array(0) }));
    await leaving.end();
    first.send(hello, maskedText('again'));
    for (const peer of [first, second]) {
      expect((await peer.frame()).payload.toString()).toBe('Hello');
      expect((await peer.frame()).payload.toString()).toBe('again');
      peer.socket.destroy();
    }
    expect(leaving.received.subarray(-2)).toEqual(Buffer.from([0x88, 0x00]));
  });

  test('closes a client that does not read, and the others get everything', async () => {
    const maxBroadcastUnsentBytes = 200_000;
    const { port, lines } = await startCompanion({ limits: { maxBroadcastUnsentBytes, closingTimeoutMs: 50 } });
    const [sender, slow] = [await RawPeer.open(port, '/broadcast'), await RawPeer.open(port, '/broadcast')];
    slow.socket.pause();
    const message = masked({ opcode: 2, payload: new Uint8Array(100_000) });
    let received = 0;
    while (lines.length === 0 && received < 1000) {
      sender.send(message);
      expect((await sender.frame()).payload.length).toBe(100_000);
      received++;
    }
    expect(lines).toEqual([expect.stringMatching(/\/broadcast: closed with 1008: more than 200000 bytes are unread$/)]);
    sender.send(hello);
    expect((await sender.frame()).payload.toString()).toBe('Hello');
    sender.socket.destroy();
    slow.socket.destroy();
  });
});

describe('/dump', () => {
  test('answers with a text for people, every fragment in it', async () => {
    const { port } = await startCompanion();
    const peer = await RawPeer.open(port, '/dump');
    peer.send(...fragments, hello);
    expect((await peer.frame()).opcode).toBe(10);
    const text = (await peer.frame()).payload.toString();
    expect(text.match(/^frame: /gm)).toHaveLength(3);
    expect(text).toContain('"Hel"');
    const next = (await peer.frame()).payload.toString();
    expect(next.match(/^frame: /gm)).toHaveLength(1);
    expect(next).toContain('"Hello"');
    peer.socket.destroy();
  });

  test('answers with one JSON object for each frame if that subprotocol was chosen', async () => {
    const { port } = await startCompanion();
    const json = await RawPeer.open(port, '/dump', ['Sec-WebSocket-Protocol: chat, dump.json']);
    expect(json.received.toString()).toMatch(/^Sec-WebSocket-Protocol: dump\.json\r$/m);
    json.send(...fragments);
    expect((await json.frame()).opcode).toBe(10);
    const dumps = [await json.json<FrameDump>(), await json.json<FrameDump>(), await json.json<FrameDump>()];
    expect(dumps.map(({ hex }) => hex)).toEqual([0, 2, 3].map((i) => Buffer.from(fragments[i] ?? []).toString('hex')));
    expect(dumps.map(({ payload }) => payload.text)).toEqual(['Hel', '', 'lo']);
    expect(dumps[0]).toMatchObject({ type: 'frame', byteLength: 9, truncated: false, violations: [] });
    json.socket.destroy();
  });

  test('shows a frame that came in many reads, cut where a dump is cut', async () => {
    const { port } = await startCompanion();
    const peer = await RawPeer.open(port, '/dump', ['Sec-WebSocket-Protocol: dump.json']);
    peer.send(masked({ opcode: 2, payload: new Uint8Array(1_000_000) }));
    const dump = await peer.json<FrameDump>();
    expect(dump).toMatchObject({ byteLength: 1_000_014, truncated: true });
    peer.socket.destroy();
  });

  test('rejects a message with very many fragments', async () => {
    const { port } = await startCompanion();
    const peer = await RawPeer.open(port, '/dump');
    const fragment = masked({ fin: false, opcode: 0, payload: new Uint8Array(0) });
    peer.send(masked({ fin: false, opcode: 2, payload: new Uint8Array(0) }), ...Array(1024).fill(fragment));
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1008);
    peer.socket.destroy();
  });
});
