import { expect } from 'vitest';
import { RawPeer } from './raw-peer.ts';

/** An HTTP answer, parsed by hand. */
export interface Answer {
  readonly status: number;
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** In Latin-1: one character for each byte. */
  readonly body: string;
}

export interface Question {
  readonly method?: string;
  /** The header lines, each with its line end. */
  readonly lines?: string;
}

/** @param target in Latin-1, one character for each byte, so that a target can contain any bytes */
export async function ask(
  port: number,
  target: string,
  { method = 'GET', lines = 'Host: localhost\r\n' }: Question = {},
): Promise<Answer> {
  const peer = await RawPeer.connect(port);
  peer.send(Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`, 'latin1'));
  await peer.end();
  const [head = '', body = ''] = peer.received.toString('latin1').split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  const headers = fields.map((field) => {
    const [name = '', ...value] = field.split(': ');
    return [name.toLowerCase(), value.join(': ')];
  });
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body };
}

/** Expects the headers that every answer has, and that no page of another origin can read it. */
export function expectSafe({ headers }: Answer, caching: string): void {
  expect(headers).toMatchObject({
    'cache-control': caching,
    'content-security-policy': "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
}
