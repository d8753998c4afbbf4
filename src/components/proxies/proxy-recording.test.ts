import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readProxyRecording, sayEnd } from './proxy-recording.ts';

const FOLDER = new URL('../../../content/recordings/proxies/', import.meta.url);
const row = (id: string) => readProxyRecording(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8'));

test.each([
  ['open', '', 'open'],
  ['FIN after 3 ms', '', 'FIN at once'],
  ['RST after 2002 ms', '', 'RST after 2.0 s'],
  ['FIN after 1 ms', '880203e9', 'a close frame, then FIN at once'],
  ['FIN after 4 ms', '88807b4842ec', 'a close frame, then FIN at once'],
  ['open', '8800', 'a close frame, TCP open'],
])('says %j after %j', (end, read, sentence) => {
  expect(sayEnd(end, read)).toBe(sentence);
});

test('only what a server reads has to be masked', () => {
  expect(sayEnd('open', '8800', 'server')).toBe('a close frame without a mask, TCP open');
  expect(sayEnd('open', '888000000000', 'server')).toBe('a close frame, TCP open');
});

test('refuses a recording that is not whole', () => {
  expect(() => readProxyRecording('{"name":"x","heads":{}}')).toThrow(/The recording of x is not whole/);
});

describe('what the chapter says about single programs is in their recordings', () => {
  test('nginx, Apache, Varnish, lighttpd and h2o need configuration, the others do not', () => {
    const needing = readdirSync(FOLDER)
      .map((name) => name.replace('.json', ''))
      .filter((id) => row(id).needsLines);
    expect(needing.sort()).toEqual(['apache', 'apache-wstunnel', 'h2o', 'lighttpd', 'nginx', 'varnish']);
  });

  test('two programs write new frames', () => {
    const anew = readdirSync(FOLDER)
      .map((name) => name.replace('.json', ''))
      .filter((id) => row(id).bytes === 'reframed');
    expect(anew.sort()).toEqual(['fastify-http-proxy', 'mockttp']);
  });

  test('HAProxy ends an idle connection with FIN to the client and RST to the server', () => {
    expect(row('haproxy')).toMatchObject({ idleClient: 'FIN after 2.0 s', idleServer: 'RST after 2.0 s' });
  });

  test('only lighttpd ends a connection on which one side talks', () => {
    const ending = readdirSync(FOLDER).filter((name) => row(name.replace('.json', '')).oneWay !== 'keeps it open');
    expect(ending).toEqual(['lighttpd.json']);
  });

  test('Caddy sends a close frame to both sides when it is stopped, and masks none', () => {
    const { stop } = row('caddy').recording;
    expect(stop).toMatchObject({ clientRead: '880203e9', serverRead: '880203e9' });
  });

  test('@fastify/http-proxy opens the connection before it asks the server', () => {
    expect(row('fastify-http-proxy')).toMatchObject({ refusal: 'hidden' });
    expect(row('fastify-http-proxy').recording.refusal.received).toMatch(/^HTTP\/1\.1 101 /);
  });

  test('Apache answers a path with %2F by itself', () => {
    expect(row('apache').recording.targets[0]).toMatchObject({ sent: '/chat/a%2Fb', received: null });
    expect(row('lighttpd').recording.targets[0]).toMatchObject({ received: '/chat/a/b' });
  });

  test('a reload lets open connections live where it was recorded', () => {
    const reloads = readdirSync(FOLDER).flatMap((name) => row(name.replace('.json', '')).recording.reload ?? []);
    expect(reloads.length).toBeGreaterThan(4);
    for (const { client, server } of reloads) expect([client, server]).toEqual(['open', 'open']);
  });
});
