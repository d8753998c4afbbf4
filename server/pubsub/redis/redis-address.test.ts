import { expect, test } from 'vitest';
import { readRedisAddress } from './redis-address.ts';

test.each([
  ['redis://localhost', 'redis://localhost:6379'],
  ['redis://127.0.0.1:6380/2', 'redis://127.0.0.1:6380'],
  ['rediss://user:s3cret%40@redis.example:6380/', 'rediss://redis.example:6380'],
  ['redis://:s3cret@[::1]:6379', 'redis://[::1]:6379'],
])('%s is called %s, without its password', (url, name) => {
  expect(readRedisAddress(url)).toEqual({ url, name });
});

test.each([
  ['', 'not a URL'],
  ['localhost:6379', 'starts with redis://'],
  ['http://localhost:6379', 'starts with redis://'],
  ['redis:', 'names no host'],
  ['redis:///0', 'names no host'],
  ['redis://:s3cret@localhost:port', 'not a URL'],
  ['redis://:s3cret@localhost/first', 'only the number of a database'],
  ['redis://:s3cret@localhost?tls=yes', 'only the number of a database'],
  ['redis://:s3cret%zz@localhost', 'starts no escape'],
])('"%s" is refused: %s', (url, problem) => {
  const read = readRedisAddress(url);
  expect(read).toEqual({ problem: expect.stringContaining(problem) });
  expect(JSON.stringify(read)).not.toContain('s3cret');
});
