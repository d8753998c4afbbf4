import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type DoctorAnswer, parseDoctorAnswer } from '../../src/companion/doctor.ts';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer } from '../testing/raw-peer.ts';

async function openDoctor(port: number): Promise<RawPeer> {
  const page = await RawPeer.open(port, '/lab/doctor');
  onTestFinished(() => void page.socket.destroy());
  return page;
}

async function answersOf(page: RawPeer): Promise<DoctorAnswer[]> {
  const answers: DoctorAnswer[] = [];
  while (answers.at(-1)?.type !== 'report' && answers.at(-1)?.type !== 'problem') {
    const parsed = parseDoctorAnswer((await page.frame()).payload.toString());
    if ('problem' in parsed) throw new Error(parsed.problem);
    answers.push(parsed.answer);
  }
  return answers;
}

/** A server that counts its connections and answers nothing. */
async function silentServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  return { sockets, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

test('each step is told as it is done, and then the report', async () => {
  const { port } = await startCompanion();
  const page = await openDoctor(port);
  page.send(maskedText(`ws://localhost:${port}/echo`));
  const answers = await answersOf(page);
  const last = answers.at(-1);
  expect(last).toMatchObject({ type: 'report', report: { opens: true } });
  const steps = answers.flatMap((answer) => (answer.type === 'step' ? [answer.step] : []));
  expect(last?.type === 'report' && last.report.steps).toEqual(steps);
});

describe('what a page cannot do', () => {
  test.each([
    ['ws://example.org/', 'example.org is not this machine'],
    ['ws://192.0.2.1/', '192.0.2.1 is not this machine'],
    ['ws://127.0.0.999/', 'is not'],
    ['ws://localhost:25/', 'Browsers block port 25'],
    ['ftp://localhost/', 'neither ws:// nor wss://'],
    ['', 'is not an address'],
  ])('%s', async (address, words) => {
    const { port } = await startCompanion();
    const page = await openDoctor(port);
    page.send(maskedText(address));
    expect(await answersOf(page)).toEqual([{ type: 'problem', sentence: expect.stringContaining(words) }]);
  });

  test('ask twice at once', async () => {
    const { port } = await startCompanion();
    const silent = await silentServer();
    const page = await openDoctor(port);
    page.send(maskedText(`ws://127.0.0.1:${silent.port}/`), maskedText(`ws://127.0.0.1:${silent.port}/`));
    const answers: DoctorAnswer[] = [];
    while (answers.every(({ type }) => type !== 'problem')) {
      const parsed = parseDoctorAnswer((await page.frame()).payload.toString());
      if ('answer' in parsed) answers.push(parsed.answer);
    }
    expect(answers.at(-1)).toMatchObject({ type: 'problem', sentence: expect.stringContaining('still at work') });
  });
});

test('an answer that no companion sends is none', () => {
  for (const text of ['', '7', 'null', '{}', '{"type":"step","step":{}}', '{"type":"report","report":{"opens":1}}']) {
    expect(parseDoctorAnswer(text)).toHaveProperty('problem');
  }
});
