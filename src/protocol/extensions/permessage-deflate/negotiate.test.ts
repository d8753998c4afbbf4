import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExtension } from '../extension-list.ts';
import { checkAnswer, chooseOffer, type DeflatePolicy, formatAgreement, formatOffer } from './negotiate.ts';
import { type DeflateOffer, readOffer } from './parameters.ts';

const NAME = 'permessage-deflate';
const answerTo = (offers: readonly string[], policy?: DeflatePolicy) => {
  const agreement = chooseOffer(offers, policy);
  return agreement && formatAgreement(agreement);
};

describe('what a server answers', () => {
  test.each([
    ['the plain offer', [NAME], NAME],
    ['Chromium 153 and Node 24', [`${NAME}; client_max_window_bits`], NAME],
    ['a window for the client', [`${NAME}; client_max_window_bits=10`], `${NAME}; client_max_window_bits=10`],
    ['a window for the server', [`${NAME}; server_max_window_bits=10`], `${NAME}; server_max_window_bits=10`],
    ['the largest window, asked for', [`${NAME}; server_max_window_bits=15`], `${NAME}; server_max_window_bits=15`],
    ['a quoted value', [`${NAME}; server_max_window_bits="10"`], `${NAME}; server_max_window_bits=10`],
    [
      'no contexts',
      [`${NAME};server_no_context_takeover ; client_no_context_takeover`],
      `${NAME}; server_no_context_takeover; client_no_context_takeover`,
    ],
    ['the first of two', [`${NAME}; server_max_window_bits=9`, NAME], `${NAME}; server_max_window_bits=9`],
    ['the second, since the first has an unknown parameter', [`${NAME}; foo`, NAME], NAME],
    ['another extension before it', ['x-other', NAME], NAME],
  ])('%s', (_, offers, expected) => {
    expect(answerTo(offers)).toBe(expected);
  });

  test.each([
    ['an unknown parameter', `${NAME}; foo`],
    ['a repeated parameter', `${NAME}; client_max_window_bits; client_max_window_bits`],
    ['a value where there is none', `${NAME}; server_no_context_takeover=true`],
    ['no value where there is one', `${NAME}; server_max_window_bits`],
    ['a window too small', `${NAME}; server_max_window_bits=7`],
    ['a window too large', `${NAME}; client_max_window_bits=16`],
    ['a leading zero', `${NAME}; server_max_window_bits=010`],
    ['another name', 'x-webkit-deflate-frame'],
    ['a name in capitals, which RFC 6455 §9.1 does not fold', NAME.toUpperCase()],
    ['a parameter in capitals', `${NAME}; Server_No_Context_Takeover`],
    ['not the form of an extension', `${NAME}; =`],
  ])('declines %s', (_, offer) => {
    expect(answerTo([offer])).toBeUndefined();
  });

  test('the policy sets windows and contexts of its own', () => {
    const policy = { serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 10 };
    const expected = `${NAME}; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10`;
    expect(answerTo([NAME], policy)).toBe(expected);
    expect(answerTo([`${NAME}; server_max_window_bits=9`], policy)).toContain('server_max_window_bits=9');
  });

  test('a client that cannot be told a window is declined by a server that must limit it', () => {
    expect(answerTo([NAME], { clientMaxWindowBits: 10 })).toBeUndefined();
    const told = `${NAME}; client_max_window_bits=10`;
    expect(answerTo([NAME, `${NAME}; client_max_window_bits`], { clientMaxWindowBits: 10 })).toBe(told);
  });
});

const bits = fc.option(fc.integer({ min: 8, max: 15 }), { nil: undefined });
const arbitraryOffer: fc.Arbitrary<DeflateOffer> = fc.record({
  serverNoContextTakeover: fc.boolean(),
  clientNoContextTakeover: fc.boolean(),
  serverMaxWindowBits: bits,
  clientMaxWindowBits: fc.oneof(bits, fc.constant(true as const)),
});
const arbitraryPolicy = fc.record(
  {
    serverNoContextTakeover: fc.boolean(),
    clientNoContextTakeover: fc.boolean(),
    serverMaxWindowBits: fc.integer({ min: 8, max: 15 }),
    clientMaxWindowBits: fc.integer({ min: 8, max: 15 }),
  },
  { requiredKeys: [] },
);

describe('offer and answer', () => {
  test('an offer that is written is read as it was', () => {
    const property = fc.property(arbitraryOffer, (offer) => {
      const element = parseExtension(formatOffer(offer));
      expect(element && readOffer(element)).toEqual(offer);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test('a client accepts every answer of a server, whatever its policy', () => {
    const property = fc.property(arbitraryOffer, arbitraryPolicy, (offer, policy) => {
      const agreement = chooseOffer([formatOffer(offer)], policy);
      if (agreement === undefined) {
        // The one reason to decline a right offer.
        expect(offer.clientMaxWindowBits === undefined && (policy.clientMaxWindowBits ?? 15) < 15).toBe(true);
        return;
      }
      const answer = parseExtension(formatAgreement(agreement));
      expect(answer && checkAnswer(answer, [offer])).toEqual(agreement);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('what a client refuses', () => {
  const plain: DeflateOffer = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: undefined,
    clientMaxWindowBits: undefined,
  };
  const problemOf = (answer: string, offers: readonly DeflateOffer[]) => {
    const element = parseExtension(answer);
    const checked = element && checkAnswer(element, offers);
    return checked && 'problem' in checked ? checked.problem : undefined;
  };

  test.each<[string, string, DeflateOffer[], string]>([
    ['an answer to nothing', NAME, [], 'was not offered'],
    ['a window that was not offered', `${NAME}; client_max_window_bits=10`, [plain], 'did not offer'],
    [
      'a window without a value',
      `${NAME}; client_max_window_bits`,
      [{ ...plain, clientMaxWindowBits: true }],
      'has no value',
    ],
    [
      'a larger window than was offered',
      `${NAME}; client_max_window_bits=12`,
      [{ ...plain, clientMaxWindowBits: 10 }],
      'says 12',
    ],
    ['no window where one was asked for', NAME, [{ ...plain, serverMaxWindowBits: 10 }], 'names none'],
    [
      'a larger window than was asked for',
      `${NAME}; server_max_window_bits=11`,
      [{ ...plain, serverMaxWindowBits: 10 }],
      'says 11',
    ],
    [
      'a context that was to be given up',
      NAME,
      [{ ...plain, serverNoContextTakeover: true }],
      'asked for server_no_context_takeover',
    ],
    ['an unknown parameter', `${NAME}; foo`, [plain], 'not a parameter'],
    [
      'a repeated parameter',
      `${NAME}; server_no_context_takeover; server_no_context_takeover`,
      [plain],
      'stands twice',
    ],
  ])('%s', (_, answer, offers, words) => {
    expect(problemOf(answer, offers)).toContain(words);
  });

  test('nothing that RFC 7692 allows', () => {
    // Neither was asked for; a server may still do so, and may ask it of the client. §7.1.1
    expect(problemOf(`${NAME}; server_no_context_takeover; client_no_context_takeover`, [plain])).toBeUndefined();
    expect(problemOf(`${NAME}; server_max_window_bits=9`, [plain])).toBeUndefined();
    expect(problemOf(NAME, [{ ...plain, serverMaxWindowBits: 10 }, plain])).toBeUndefined();
  });
});
