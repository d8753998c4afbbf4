import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FRAME_RULES } from '../../protocol/rules.ts';
import { SHOWN_ACTS } from './acts-shown.ts';
import { browserName } from './browser-name.ts';
import { clientRulesData } from './client-run.ts';
import { breakRulesData } from './data.ts';
import { type BreakRulesState, countOf, initialBreakRules, reduceBreakRules, seenOutcome } from './model.ts';
import { outcomeOf } from './outcome.ts';
import { presentOutcome } from './present.ts';
import { verdictOf } from './reaction.ts';
import { formatBreakRecording, parseBreakRecording } from './recording.ts';
import { runSimulated } from './simulated-run.ts';

const FOLDER = fileURLToPath(new URL('../../../content/recordings/', import.meta.url));
const FILES = Object.fromEntries(
  globSync(`${FOLDER}break-rules-*.json`).map((path) => [basename(path), readFileSync(path, 'utf8')]),
);
const DATA = breakRulesData(FILES);
const OPTIONS = { host: 'localhost', key: 'AAECAwQFBgcICQoLDA0ODw==', nextMaskingKey: () => 0 };
const simulated = (name: string) =>
  presentOutcome(runSimulated(name, OPTIONS), SHOWN_ACTS.find((act) => act.name === name)?.rule);

describe('the recordings', () => {
  test('there is one of Chromium and one of Firefox', () => {
    const names = DATA.recorded.map(({ browser }) => browser.replace(/ \d+$/, ''));
    expect(names.toSorted()).toEqual(['Chromium', 'Firefox']);
  });

  test.each(Object.entries(FILES))('%s holds the bytes that the acts send today', (_, text) => {
    const parsed = parseBreakRecording(text);
    if ('problem' in parsed) throw new Error(parsed.problem);
    for (const { name, behavior } of SHOWN_ACTS) {
      if (behavior.kind !== 'frames') continue;
      const wire = parsed.recording.outcomes.find(({ act }) => act === name)?.wire ?? [];
      const sent = wire.filter(({ from, kind }) => from === 'server' && kind === 'frame').map(({ hex }) => hex);
      const acted = behavior.frames().map((bytes) => Buffer.from(bytes).toString('hex'));
      expect([name, sent.slice(0, acted.length)]).toEqual([name, acted]);
    }
  });

  const reaction = (browser: string, act: string) =>
    DATA.recorded.find((column) => column.browser.startsWith(browser))?.outcomes[act]?.reaction;
  const actsTakenBy = (browser: string) =>
    SHOWN_ACTS.filter(({ rule, name }) => rule !== undefined && reaction(browser, name) === 'takes').map(
      ({ name }) => name,
    );

  test('what the chapter says of them is so', () => {
    const chapter = readFileSync(`${FOLDER}../chapters/break-the-rules.mdx`, 'utf8');
    const named = new Set([...chapter.matchAll(/\b(?:Chromium|Firefox) \d+\b/g)].map(([browser]) => browser));
    expect([...named].toSorted()).toEqual(DATA.recorded.map(({ browser }) => browser).toSorted());
    expect(actsTakenBy('Chromium')).toEqual(['close-1004', 'close-999', 'close-1016', 'close-5000']);
    expect(actsTakenBy('Firefox')).toEqual([
      ...[
        'unoffered-subprotocol',
        'masked-frame',
        'data-after-close',
        'close-1005',
        'close-1006',
        'close-1015',
        'close-1004',
      ],
      ...['close-999', 'close-1016', 'close-5000', 'close-body-of-one-byte'],
    ]);
    const briefs = (browser: string, act: string) =>
      DATA.recorded.find((column) => column.browser.startsWith(browser))?.outcomes[act]?.brief;
    expect(briefs('Chromium', 'masked-frame')).toBe('sends close 1002, page gets 1006');
    expect(briefs('Firefox', 'masked-frame')).toBe('delivers the message, stays open');
    expect(briefs('Firefox', 'rsv1')).toBe('sends nothing, page gets 1006');
    for (const act of ['length-16-for-5', 'length-64-for-126']) {
      expect(briefs('Chromium', act)).toBe('sends close 1002, page gets 1006');
      expect(briefs('Firefox', act)).toBe('sends nothing, page gets 1006');
    }
    expect(briefs('Chromium', 'text-not-utf8')).toBe('sends close 1002, page gets 1006');
  });

  test('nothing that is right fails in any of them', () => {
    for (const { browser } of DATA.recorded) {
      for (const { name, rule } of SHOWN_ACTS) if (rule === undefined) expect(reaction(browser, name)).toBe('takes');
    }
  });
});

describe('our own client in the place of a browser', () => {
  test.each(SHOWN_ACTS.map(({ name, rule }) => [name, rule] as const))('%s', (name, rule) => {
    const shown = simulated(name);
    // What stands behind a close frame is not read any more, and breaks nothing for who does not read it.
    const fails = rule !== undefined && rule !== 'data-frame-after-close';
    expect(shown.reaction).toBe(fails ? 'fails' : 'takes');
    expect(shown.told.length).toBeGreaterThan(0);
  });

  test('it sends the code of the rule, and the page is told 1006', () => {
    expect(simulated('text-not-utf8').brief).toBe('sends close 1007, page gets 1006');
    expect(simulated('rsv1').told).toEqual(['onopen', 'onerror', 'onclose: 1006, not clean']);
    expect(simulated('rsv1').wire.map(({ from, breaks }) => [from, breaks])).toEqual([
      ['server', undefined],
      ['server', 'rsv1-set'],
      ['client', undefined],
      ['server', undefined],
    ]);
  });

  test('a close frame is told with its code, and what is right stays open', () => {
    expect(simulated('close-3000').told.at(-1)).toBe('onclose: 3000, clean');
    expect(simulated('character-across-fragments').told.slice(0, 2)).toEqual(['onopen', 'onmessage: "€"']);
    expect(simulated('unsolicited-pong').brief).toBe('stays open');
  });
});

describe('the model', () => {
  const start = initialBreakRules(DATA);
  const outcome = runSimulated('rsv1', OPTIONS);
  const shown = presentOutcome(outcome, 'rsv1-set');
  const live = reduceBreakRules(start, { type: 'meet', browser: 'Firefox 1' });
  const after = (...actions: Parameters<typeof reduceBreakRules>[1][]): BreakRulesState =>
    actions.reduce(reduceBreakRules, live);

  test('it begins with an act that a recorded browser answered', () => {
    expect(seenOutcome(start, DATA.recorded)?.wire.some(({ from }) => from === 'client')).toBe(true);
  });

  test('an act that is done is seen as the reader’s own, and the next of several follows', () => {
    const state = after({ type: 'run', acts: ['rsv1', 'rsv2', 'rsv3'] }, { type: 'done', outcome, shown });
    expect(state).toMatchObject({ running: 'rsv2', left: ['rsv3'], opened: 'rsv2', seen: 'own' });
    const stopped = reduceBreakRules(state, { type: 'stop' });
    expect(stopped).toMatchObject({ running: undefined, left: [] });
    expect(seenOutcome({ ...stopped, opened: 'rsv1' }, DATA.recorded)).toBe(shown);
    expect(
      countOf(
        stopped.own,
        DATA.groups.flatMap(({ rows }) => rows),
      ),
    ).toEqual({ fails: 1, of: 1 });
  });

  test('done again, it is kept once', () => {
    const state = after(
      { type: 'run', acts: ['rsv1'] },
      { type: 'done', outcome, shown },
      { type: 'run', acts: ['rsv1'] },
      { type: 'done', outcome, shown },
    );
    expect(state.outcomes).toEqual([outcome]);
  });

  test('results are forgotten when told to, and when it is another browser', () => {
    const state = after({ type: 'recall', outcomes: [outcome], shown: [shown] });
    expect(Object.keys(state.own.outcomes)).toEqual(['rsv1']);
    expect(reduceBreakRules(state, { type: 'clear' }).own.outcomes).toEqual({});
    const other = reduceBreakRules(state, { type: 'meet', browser: 'another' });
    expect([other.own.outcomes, other.outcomes]).toEqual([{}, []]);
  });

  test('a row opens on a recorded browser where the reader’s has not met it', () => {
    const state = after({ type: 'recall', outcomes: [outcome], shown: [shown] }, { type: 'open', act: 'rsv1' });
    expect(state.seen).toBe('own');
    expect(reduceBreakRules(state, { type: 'open', act: 'rsv2' }).seen).toBe(0);
    expect(reduceBreakRules(state, { type: 'toggle', act: 'rsv1' }).opened).toBeUndefined();
  });
});

describe('verdicts', () => {
  test.each([
    ['masked-server-frame', 'fails', 'ok', '§5.1'],
    ['subprotocol-not-offered', 'takes', 'danger', '§4.1'],
    ['close-code-1005', 'takes', 'info', 'binds the sender'],
    ['close-code-1005', 'fails', 'ok', 'binds the sender'],
    [undefined, 'takes', 'ok', 'no rule is broken'],
    [undefined, 'fails', 'danger', 'no rule is broken'],
  ] as const)('%s, %s', (rule, reaction, tone, words) => {
    expect(verdictOf(rule, reaction)).toEqual({ tone, sentence: expect.stringContaining(words) });
  });
});

test('a recording is read back as it was written, and a malformed one is told where', () => {
  const recording = { browser: 'Firefox 1', outcomes: [runSimulated('rsv1', OPTIONS)] };
  expect(parseBreakRecording(formatBreakRecording(recording))).toEqual({ recording });
  for (const text of ['', '[]', '{}', '{"browser":"x"}', '{"browser":"x","outcomes":[{}]}']) {
    expect(parseBreakRecording(text)).toHaveProperty('problem');
  }
  const wrong = { act: 'x', wire: [{ kind: 'frame', from: 'server', hex: '8' }], told: [] };
  expect(parseBreakRecording(JSON.stringify({ browser: 'x', outcomes: [wrong] }))).toEqual({
    problem: expect.stringContaining('outcomes[0]'),
  });
  expect(() => breakRulesData({ 'a.json': formatBreakRecording(recording) })).toThrow('no outcome of wrong-accept');
  expect(() => breakRulesData({})).toThrow('No recording of a browser');
});

test('the order by which a page asks for an act is left out of what was on the wire', () => {
  const frame = (text: string) => ({ type: 'frame', direction: 'in', hex: '81', payload: { hex: '', text } });
  const messages = [frame('rsv1'), frame('other')] as unknown as Parameters<typeof outcomeOf>[1];
  expect(outcomeOf('rsv1', messages, []).wire).toHaveLength(1);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140'],
  ['Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/153.0.0.0 Safari/537.36', 'Chromium 153'],
  ['Mozilla/5.0 AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0', 'Edge 150'],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15', 'Safari 18.2'],
  ['curl/8', 'your browser'],
])('%s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});

test('each rule that a client can break is answered by the companion with its own code', () => {
  const { rows, worked } = clientRulesData();
  expect(rows.length).toBeGreaterThan(20);
  for (const { name, statusCode } of rows) {
    const answers = worked[name]?.wire.filter(({ from }) => from === 'server') ?? [];
    const violated = worked[name]?.wire.flatMap(({ from, breaks }) => (from === 'client' && breaks ? [breaks] : []));
    expect([name, violated]).toEqual([name, [name]]);
    const wanted = name === 'data-frame-after-close' ? 1005 : statusCode;
    expect([name, answers.at(-1)?.label]).toEqual([
      name,
      expect.stringContaining(wanted === 1005 ? 'no status code' : String(wanted)),
    ]);
    expect(FRAME_RULES.map((rule) => rule.name)).toContain(name);
  }
});
