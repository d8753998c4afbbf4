import { diagnose } from '../../../inspector/accept-doctor/diagnose.ts';
import { computeAccept, encodeKey } from '../../../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY } from '../../../protocol/handshake/head/example-heads.ts';
import type { RunningCode } from '../running-code.ts';
import { runTests, type StageTest } from './run-tests.ts';
import { describeKind, fixKind, showValue } from './show-value.ts';
import type { StageVerdict } from './verdict.ts';

const KEYS = [
  { title: 'the key of RFC 6455 §1.3', key: EXAMPLE_KEY },
  { title: 'a key of 16 zero bytes', key: encodeKey(new Uint8Array(16)) },
  { title: 'a key of 16 bytes FF', key: encodeKey(new Uint8Array(16).fill(0xff)) },
  { title: 'a key of 16 different bytes', key: encodeKey(Uint8Array.from({ length: 16 }, (_, i) => 37 * i + 11)) },
];

/** Judges `accept(key)`. The doctor of the accept hash names the mistake. RFC 6455 §4.2.2. */
export function judgeAccept(code: RunningCode): Promise<StageVerdict> {
  return runTests(
    'accept',
    KEYS.map(
      ({ title, key }): StageTest => ({
        title,
        run: async (watch) => {
          const { values } = watch(await code.ask({ type: 'call', stage: 'accept', args: [key] }));
          const [got] = values;
          const expected = computeAccept(key);
          if (got === expected) return undefined;
          return {
            ...{ title, ...explain(key, got, expected) },
            ...{ call: `accept('${key}')`, expected: showValue(expected), got: showValue(got) },
          };
        },
      }),
    ),
  );
}

function explain(key: string, got: unknown, expected: string): { readonly finding: string; readonly fix: string } {
  if (typeof got !== 'string') {
    const value = got as Parameters<typeof describeKind>[0];
    const fix = got instanceof Uint8Array ? 'Return text: base64(bytes) makes it from the 20 bytes of the hash.' : '';
    return {
      finding: `accept() must return text, and it returned ${describeKind(value)}.`,
      fix: fix || fixKind(value),
    };
  }
  const { verdict, findings } = diagnose(key, got);
  if (verdict === 'named') {
    // The doctor speaks to every language. Here the helpers are known.
    const here = findings.some(({ name }) => name.startsWith('hex-digest'))
      ? ['Here, sha1() returns those bytes: pass them to base64() as they are.']
      : [];
    return {
      finding: findings.map(({ title }) => `${title}.`).join(' '),
      fix: [...findings.map(({ fix }) => fix), ...here].join(' '),
    };
  }
  const at = [...expected].findIndex((character, i) => character !== got[i]);
  return {
    finding: at === -1 ? 'The text goes on after its 28 characters.' : `Character ${at + 1} is the first wrong one.`,
    fix: 'Append the GUID to the key, hash the bytes of that text with sha1(), and write the 20 bytes with base64().',
  };
}
