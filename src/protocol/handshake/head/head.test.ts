import { expect, test } from 'vitest';
import { hasHeaderToken, headerTokens, headerValues } from './head.ts';

const head = {
  headers: [
    { name: 'Connection', value: 'keep-alive, , Upgrade' },
    { name: 'Host', value: 'a' },
    { name: 'CONNECTION', value: 'x-last\t,' },
  ],
};

test('header names are found whatever their case, in wire order (RFC 9110 §5.1)', () => {
  expect(headerValues(head, 'connection')).toEqual(['keep-alive, , Upgrade', 'x-last\t,']);
  expect(headerValues(head, 'Origin')).toEqual([]);
});

test('several lines of one name are one list (RFC 9110 §5.3), and empty elements count for nothing (§5.6.1.2)', () => {
  expect(headerTokens(head, 'Connection')).toEqual(['keep-alive', 'Upgrade', 'x-last']);
  expect(headerTokens(head, 'Origin')).toEqual([]);
});

test('a token is found whatever its case, and never as a part of another', () => {
  expect(hasHeaderToken(head, 'connection', 'UPGRADE')).toBe(true);
  expect(hasHeaderToken(head, 'connection', 'keep')).toBe(false);
});
