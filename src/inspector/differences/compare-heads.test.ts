import { expect, test } from 'vitest';
import { compareHeads, sayHeadDifference, sayHeadDifferences } from './compare-heads.ts';

const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const said = (before: string, after: string) => compareHeads(before, after).map(sayHeadDifference);

test('equal heads do not differ, with or without the empty line', () => {
  const request = head('GET /chat HTTP/1.1', 'Host: a', 'X: 1', 'X: 2');
  expect(compareHeads(request, request)).toEqual([]);
  expect(compareHeads(request, request.trimEnd())).toEqual([]);
});

test('tells what was added, removed, changed, renamed, joined and moved', () => {
  const before = head('GET /a%2Fb HTTP/1.1', 'Host: a', 'Connection: keep-alive, Upgrade', 'X-Twice: 1', 'X-Twice: 2');
  const after = head('GET /a/b HTTP/1.1', 'connection: Upgrade', 'host: a', 'X-Twice: 1, 2', 'Via: 1.1 p');
  expect(said(before, after)).toEqual([
    'first line: “GET /a%2Fb HTTP/1.1” became “GET /a/b HTTP/1.1”',
    'Host is now written host',
    'Connection is now written connection',
    'connection: “keep-alive, Upgrade” became “Upgrade”',
    'the X-Twice fields were joined into one: “1, 2”',
    'Via was added: “1.1 p”',
    'the order is now connection, host, x-twice',
  ]);
  expect(said(after, head('GET /a/b HTTP/1.1', 'host: a', 'X-Twice: 1, 2', 'Via: 1.1 p'))).toEqual([
    'connection was removed: “Upgrade”',
  ]);
});

test('a field that is there more or less often is told one by one', () => {
  expect(said(head('x', 'A: 1'), head('x', 'A: 1', 'A: 2'))).toEqual(['A was added: “2”']);
  expect(said(head('x', 'A: 1', 'A: 2'), head('x', 'A: 1'))).toEqual(['A was removed: “2”']);
});

test('lines that are no fields are compared as they are', () => {
  expect(said('x\nnonsense', 'x\n')).toEqual(['nonsense was removed: “”']);
});

test('many names in lower case are told in one sentence', () => {
  const before = head('x', 'Host: a', 'Upgrade: b', 'Connection: c', 'Origin: d', 'Via: e');
  const lower = head('x', 'host: a', 'upgrade: b', 'connection: c', 'origin: D', 'Via: e');
  expect(sayHeadDifferences(compareHeads(before, lower))).toEqual([
    'names are now written host, upgrade, connection, origin',
    'origin: “d” became “D”',
  ]);
});
