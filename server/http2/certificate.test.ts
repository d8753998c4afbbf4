import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from './certificate.ts';

test('a certificate that Node reads, for all names, signed with its own key', () => {
  const nowMs = Date.UTC(2026, 11, 1, 12);
  const { cert } = selfSignedCertificate(['localhost', '127.0.0.1', '::1', 'fe80::1:2'], nowMs);
  const read = new X509Certificate(cert);
  expect(read.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:FE80:0:0:0:0:0:1:2',
  );
  expect(read.subject).toBe('CN=localhost');
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkHost('localhost')).toBe('localhost');
  expect(read.checkIP('::1')).toBe('::1');
  expect(read.validFromDate.toISOString()).toBe('2026-11-30T12:00:00.000Z');
  expect(read.validToDate.toISOString()).toBe('2026-12-31T12:00:00.000Z');
});

test('every certificate has a key and a number of its own, always positive and of 16 bytes', () => {
  const numbers = Array.from({ length: 40 }, () => new X509Certificate(selfSignedCertificate(['a']).cert).serialNumber);
  expect(new Set(numbers).size).toBe(40);
  for (const number of numbers) expect(number).toMatch(/^[4-7][0-9A-F]{31}$/);
});
