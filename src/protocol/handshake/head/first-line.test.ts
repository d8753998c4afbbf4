import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../../text/utf8.ts';
import { REQUEST_LINE, STATUS_LINE } from './first-line.ts';

const method = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,10}$/);
const target = fc.stringMatching(/^[\x21-\x7e]{1,30}$/);
const version = fc.constantFrom('0.9', '1.0', '1.1', '2.0');
const phrase = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,30}$/);
const status = fc.integer({ min: 100, max: 999 });
/** Characters for lines, right and wrong ones. */
const nearly = fc.string({ unit: fc.constantFrom(...'GET /HTP1.0 9\t\r\n\0\u00e9"') });

describe('the request line', () => {
  test('is split at its two spaces, whatever its parts are', () => {
    fc.assert(
      fc.property(method, target, version, (verb, path, httpVersion) => {
        const headers = [{ name: 'Host', value: 'a' }];
        const head = { method: verb, target: path, httpVersion, headers };
        expect(REQUEST_LINE.parse(`${verb} ${path} HTTP/${httpVersion}`, headers)).toEqual({ head });
      }),
    );
  });

  test('every other line is refused, and the answer quotes it', () => {
    fc.assert(
      fc.property(nearly, (line) => {
        const parsed = REQUEST_LINE.parse(line, []);
        if ('head' in parsed) {
          const { method: verb, target: path, httpVersion } = parsed.head;
          expect(`${verb} ${path} HTTP/${httpVersion}`).toBe(line);
          return;
        }
        expect(parsed.refusal.rule).toBe('malformed-request-line');
        expect(parsed.refusal.sentence).not.toMatch(/[\p{Cc}]/u);
      }),
    );
  });

  test('its first byte shows that it cannot begin a method, or that it begins TLS', () => {
    const sentenceOf = (byte: number) => REQUEST_LINE.checkOpening(Uint8Array.of(byte))?.sentence;
    for (let byte = 0; byte < 256; byte++) {
      const isMethod = /^[!#$%&'*+.^_`|~0-9A-Za-z-]$/.test(String.fromCharCode(byte));
      expect(sentenceOf(byte) === undefined).toBe(isMethod);
    }
    expect(sentenceOf(0x16)).toContain('begins TLS');
    expect(sentenceOf(0x0d)).toContain('The first byte is 0d');
    expect(REQUEST_LINE.checkOpening(new Uint8Array(0))).toBeUndefined();
  });
});

describe('the status line', () => {
  test('is split at its first two spaces; the phrase may have more, or be empty', () => {
    fc.assert(
      fc.property(version, status, phrase, (httpVersion, httpStatus, reasonPhrase) => {
        const head = { httpVersion, httpStatus, reasonPhrase, headers: [] };
        expect(STATUS_LINE.parse(`HTTP/${httpVersion} ${httpStatus} ${reasonPhrase}`, [])).toEqual({ head });
      }),
    );
  });

  test.each(['HTTP/1.1 101', 'HTTP/1.1 99 x', 'HTTP/1.1 099 x', 'HTTP/1.1  101 x', 'HTTP/11 101 x', 'ICY 200 OK', ''])(
    '%j is refused',
    (line) => {
      expect(STATUS_LINE.parse(line, [])).toMatchObject({ refusal: { rule: 'malformed-status-line' } });
    },
  );

  test('every beginning of it is incomplete; the first byte that cannot continue it is named', () => {
    const opening = encodeText('HTTP/1.1 101 Switching Protocols');
    for (let end = 0; end <= opening.length; end++) {
      expect(STATUS_LINE.checkOpening(opening.subarray(0, end))).toBeUndefined();
    }
    for (let at = 0; at < 'HTTP/'.length; at++) {
      const wrong = opening.slice();
      wrong[at] = 0x00;
      expect(STATUS_LINE.checkOpening(wrong)?.sentence).toContain(`Byte ${at + 1} is 00`);
    }
  });
});
