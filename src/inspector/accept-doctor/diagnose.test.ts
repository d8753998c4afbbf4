import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeAccept, encodeKey } from '../../protocol/handshake/accept/accept-key.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { type Diagnosis, diagnose, diagnosePasted } from './diagnose.ts';
import { MISTAKES, rightWay, STEPS, waysWith } from './ways.ts';

// Computed here with Node's own hash functions: the doctor's are another implementation.
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const RIGHT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const hash = (algorithm: string, text: string | Uint8Array) => createHash(algorithm).update(text).digest();
const sha1 = (text: string | Uint8Array) => hash('sha1', text).toString('base64');
const names = (diagnosis: Diagnosis) => diagnosis.findings.map((finding) => finding.name);

/** The mistake's name, and the answer that it makes for the RFC's key. */
const ANSWERS: readonly (readonly [name: string, answer: string])[] = [
  ['hex-digest', Buffer.from(hash('sha1', KEY + GUID).toString('hex')).toString('base64')],
  [
    'hex-digest-in-upper-case',
    Buffer.from(
      hash('sha1', KEY + GUID)
        .toString('hex')
        .toUpperCase(),
    ).toString('base64'),
  ],
  ['hex-in-place-of-base64', hash('sha1', KEY + GUID).toString('hex')],
  [
    'upper-case-hex-in-place-of-base64',
    hash('sha1', KEY + GUID)
      .toString('hex')
      .toUpperCase(),
  ],
  ['key-decoded', sha1(Buffer.concat([Buffer.from(KEY, 'base64'), Buffer.from(GUID)]))],
  ['key-without-padding', sha1(KEY.replace('==', '') + GUID)],
  ['key-with-cr', sha1(`${KEY}\r${GUID}`)],
  ['key-with-lf', sha1(`${KEY}\n${GUID}`)],
  ['key-with-crlf', sha1(`${KEY}\r\n${GUID}`)],
  ['key-with-space-before', sha1(` ${KEY}${GUID}`)],
  ['key-with-space-after', sha1(`${KEY} ${GUID}`)],
  ['key-with-tab', sha1(`${KEY}\t${GUID}`)],
  ['key-with-tab-before', sha1(`\t${KEY}${GUID}`)],
  ['key-with-space-and-cr', sha1(` ${KEY}\r${GUID}`)],
  ['key-with-space-and-crlf', sha1(` ${KEY}\r\n${GUID}`)],
  ['key-in-lower-case', sha1(KEY.toLowerCase() + GUID)],
  ['key-in-quotes', sha1(`"${KEY}"${GUID}`)],
  ['key-with-header-name', sha1(`Sec-WebSocket-Key: ${KEY}${GUID}`)],
  ['key-with-nul', sha1(`${KEY}\0${GUID}`)],
  ['guid-in-lower-case', sha1(KEY + GUID.toLowerCase())],
  ['guid-without-hyphens', sha1(KEY + GUID.replaceAll('-', ''))],
  ['guid-in-braces', sha1(`${KEY}{${GUID}}`)],
  ['guid-as-bytes', sha1(Buffer.concat([Buffer.from(KEY), Buffer.from(GUID.replaceAll('-', ''), 'hex')]))],
  ['guid-in-front', sha1(GUID + KEY)],
  ['no-guid', sha1(KEY)],
  ['line-feed-at-the-end', sha1(`${KEY}${GUID}\n`)],
  ['nul-at-the-end', sha1(`${KEY}${GUID}\0`)],
  ['text-in-utf-16', sha1(Buffer.from(KEY + GUID, 'utf16le'))],
  ['sha-256', hash('sha256', KEY + GUID).toString('base64')],
  ['md5', hash('md5', KEY + GUID).toString('base64')],
  ['not-hashed', Buffer.from(KEY + GUID).toString('base64')],
  ['hashed-twice', sha1(hash('sha1', KEY + GUID))],
  [
    'words-in-wrong-order',
    Buffer.from(hash('sha1', KEY + GUID))
      .swap32()
      .toString('base64'),
  ],
  ['digest-as-latin-1-text', Buffer.from(hash('sha1', KEY + GUID).toString('latin1')).toString('base64')],
  ['digest-read-as-utf-8', Buffer.from(hash('sha1', KEY + GUID).toString('utf8')).toString('base64')],
  ['answer-without-padding', RIGHT.replace('=', '')],
  ['url-safe-base64', RIGHT.replace('+', '-')],
  ['base64url', hash('sha1', KEY + GUID).toString('base64url')],
  ['base64-twice', Buffer.from(RIGHT).toString('base64')],
  ['answer-with-lf', `${RIGHT}\n`],
  ['answer-with-crlf', `${RIGHT}\r\n`],
  ['answer-with-escaped-lf', `${RIGHT}\\n`],
  ['answer-with-escaped-crlf', `${RIGHT}\\r\\n`],
  ['answer-in-quotes', `"${RIGHT}"`],
  ['answer-in-single-quotes', `'${RIGHT}'`],
  ['answer-as-bytes-literal', `b'${RIGHT}'`],
  ['answer-in-lower-case', RIGHT.toLowerCase()],
];

describe('every mistake is named from its answer alone', () => {
  for (const [name, answer] of ANSWERS) {
    test(name, () => {
      const diagnosis = diagnose(KEY, answer);
      expect(names(diagnosis)).toEqual([name]);
      expect(diagnosis.verdict).toBe('named');
      const [finding] = diagnosis.findings;
      for (const text of [finding?.title, finding?.cause, finding?.evidence, finding?.fix]) expect(text).toMatch(/\w/);
      expect(finding?.fix).not.toContain('\n');
    });
  }

  test('the table above has every mistake but those that need another key', () => {
    const tested = new Set(ANSWERS.map(([name]) => name));
    expect(MISTAKES.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual(['digest-cut-at-zero']);
  });

  test('digest-cut-at-zero, of a key whose hash has a zero byte within', () => {
    const key = firstKey((digest) => digest.indexOf(0) > 4);
    const digest = hash('sha1', key + GUID);
    expect(names(diagnose(key, digest.subarray(0, digest.indexOf(0)).toString('base64')))).toEqual([
      'digest-cut-at-zero',
    ]);
  });
});

function firstKey(holds: (digest: Buffer, key: string) => boolean): string {
  for (let n = 0; ; n++) {
    const key = encodeKey(Uint8Array.from({ length: 16 }, (_, i) => (n >> (8 * i)) & 0xff));
    if (holds(hash('sha1', key + GUID), key)) return key;
  }
}

describe('what came about in no step', () => {
  test.each([
    ['the key sent back', KEY, 'key-sent-back'],
    ['key and GUID sent in the clear', KEY + GUID, 'text-sent'],
    ['the answer to another key that is well known', computeAccept('x3JJHMbDL1EzLkh9GBhXDw=='), 'well-known-answer'],
    ['the first half', RIGHT.slice(0, 14), 'part-of-the-answer'],
    ['a capital I for a small l', RIGHT.replace('L', '1'), 'miscopied'],
    ['characters that base64 has not', 's3pPLMBiTx*Q9kYGzzhZRbK+xOo=Z', 'not-base64'],
    ['a length that base64 has not', 'abcde', 'not-base64'],
    ['16 bytes of something else', 'AAECAwQFBgcICQoLDA0ODw==', 'wrong-length'],
    ['a hash of something else in hex', hash('sha1', 'x').toString('hex'), 'hex-of-another-text'],
    ['an answer to some other key', computeAccept('BwcHBwcHBwcHBwcHBwcHBw=='), 'another-key'],
  ])('%s', (_what, answer, name) => {
    expect(names(diagnose(KEY, answer))).toEqual([name]);
  });

  test("the RFC's answer is recognized when it answers another key", () => {
    const { findings } = diagnose('x3JJHMbDL1EzLkh9GBhXDw==', RIGHT);
    expect(findings[0]?.name).toBe('well-known-answer');
    expect(findings[0]?.cause).toContain('RFC 6455');
  });

  test('an answer to another key is called unknown, and what was excluded is counted', () => {
    const diagnosis = diagnose(KEY, computeAccept('BwcHBwcHBwcHBwcHBwcHBw=='));
    expect(diagnosis.verdict).toBe('unknown');
    expect(diagnosis.findings[0]?.cause).toContain(`${MISTAKES.length} known mistakes`);
    expect(diagnosis.findings[0]?.evidence).toContain('20 bytes');
  });

  test('the base64 of a hex digest of something else is told by its length', () => {
    const answer = Buffer.from(hash('sha1', 'x').toString('hex')).toString('base64');
    expect(diagnose(KEY, answer).findings[0]?.evidence).toContain('40 bytes, and all of them are hex digits');
  });
});

/** The SHA-1 of this key and the GUID begins with the byte 00. */
const ZERO_FIRST_KEY = 'BT4G0/MHkPr4Aee+dQBNGQ==';

describe('an answer that is there and empty', () => {
  test('is a hash that was cut at its first zero byte, where the hash of this key begins with one', () => {
    expect(hash('sha1', ZERO_FIRST_KEY + GUID)[0]).toBe(0);
    const diagnosis = diagnose(ZERO_FIRST_KEY, '');
    expect(diagnosis.verdict).toBe('named');
    expect(names(diagnosis)).toEqual(['digest-cut-at-zero']);
    expect(diagnosis.findings[0]?.evidence).toContain('20 bytes missing at the end: 00 ');
  });

  test('is otherwise an answer that was never written, and the hash says why it was not cut', () => {
    for (const answer of ['', ' \t']) {
      const diagnosis = diagnose(KEY, answer);
      expect(diagnosis.verdict).toBe('named');
      expect(names(diagnosis)).toEqual(['empty-answer']);
      expect(diagnosis.findings[0]?.evidence).toContain('begins with b3, not with 00');
    }
  });

  test('is never two mistakes at once: any mistake can make a hash that begins with 00', () => {
    // Hashed with a carriage return behind the key, and cut at its first zero byte, this key too has an empty answer.
    const key = firstKey((digest, key) => digest[0] !== 0 && hash('sha1', `${key}\r${GUID}`)[0] === 0);
    expect(names(diagnose(key, ''))).toEqual(['empty-answer']);
  });

  test('is known from the whole line when it is pasted, and an empty box is none', () => {
    for (const line of ['Sec-WebSocket-Accept:', 'sec-websocket-accept: \r\n']) {
      expect(names(diagnosePasted(KEY, line))).toEqual(['empty-answer']);
      expect(names(diagnosePasted(ZERO_FIRST_KEY, line))).toEqual(['digest-cut-at-zero']);
    }
    expect(diagnosePasted(KEY, '')).toMatchObject({ verdict: 'missing', findings: [] });
    expect(diagnosePasted(KEY, '').sentence).toContain('Sec-WebSocket-Accept:');
  });
});

test('the right answer is right, with white space or its header name around it', () => {
  for (const answer of [RIGHT, ` ${RIGHT} `, `Sec-WebSocket-Accept: ${RIGHT}\r\n`, `sec-websocket-accept:${RIGHT}`]) {
    expect(diagnosePasted(`Sec-WebSocket-Key: ${KEY}\r\n`, answer).verdict).toBe('right');
  }
});

test('nothing pasted is nothing to judge', () => {
  expect(diagnosePasted('', RIGHT).verdict).toBe('missing');
  expect(diagnosePasted('', '').sentence).toContain('key');
  expect(diagnosePasted(KEY, ' \n').verdict).toBe('missing');
  expect(diagnosePasted(KEY, 'A'.repeat(100_000)).verdict).toBe('missing');
  expect(diagnosePasted('A'.repeat(100_000), '')).toMatchObject({ verdict: 'missing', right: undefined });
});

test('a malformed key is diagnosed all the same, and its own problem is told', () => {
  const diagnosis = diagnose('dGhl', computeAccept('dGhl'));
  expect(diagnosis.verdict).toBe('right');
  expect(diagnosis.keyProblem?.reason).toBe('too-short');
});

test('two mistakes of two steps are both named, in the order in which they were made', () => {
  const answer = Buffer.from(hash('sha1', `${KEY}\r${GUID.toLowerCase()}`)).toString('base64');
  expect(names(diagnose(KEY, answer))).toEqual(['key-with-cr', 'guid-in-lower-case']);
  const hex = Buffer.from(hash('sha256', KEY + GUID).toString('hex')).toString('base64');
  expect(names(diagnose(KEY, hex))).toEqual(['sha-256', 'hex-digest']);
  expect(names(diagnose(KEY, sha1(KEY.toLowerCase() + GUID.toLowerCase()).replace(/=$/, '')))).toEqual([
    // Three mistakes are too many to look for: what remains is the form.
    'not-base64',
  ]);
});

test('the evidence names the byte', () => {
  const evidence = (answer: string) => diagnose(KEY, answer).findings[0]?.evidence;
  expect(evidence(sha1(`${KEY}\r${GUID}`))).toBe(
    'In the key part of the hashed text, there is 0d (CR) after byte 24, where it should end.',
  );
  expect(evidence(sha1(KEY.replace('==', '') + GUID))).toContain('are 2 bytes missing at the end: 3d 3d');
  expect(evidence(RIGHT.replace('+', '-'))).toContain('is “-” as character 24, not “+”');
});

test('the steps that the doctor takes are those that the server takes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (nonce) => {
      const key = encodeKey(nonce);
      expect(diagnose(key, computeAccept(key)).verdict).toBe('right');
    }),
  );
});

/** Expects the answer at the end of a wrong way to give its mistake away. */
function expectFound(key: string, { computation, wrongSteps }: ReturnType<typeof rightWay>): void {
  const found = diagnose(key, decodeLatin1(computation.answer));
  expect(found.verdict, wrongSteps[0]?.mistake.name).toBe('named');
  expect(found.findings).toHaveLength(wrongSteps.length);
}

test('every wrong way with one mistake is found again, for any key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(), (nonce, pick) => {
      const key = encodeKey(nonce);
      const ways = [...waysWith(1, key)];
      expectFound(key, ways[pick % ways.length] ?? rightWay(key));
    }),
  );
});

test('every wrong way with one mistake is found again where the hash begins with 00', () => {
  for (const way of waysWith(1, ZERO_FIRST_KEY)) expectFound(ZERO_FIRST_KEY, way);
});

test('each mistake has a name of its own', () => {
  const all = STEPS.flatMap(({ wrong }) => wrong.map(({ name }) => name));
  expect(new Set(all).size).toBe(all.length);
});
