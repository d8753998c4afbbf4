import { describe, expect, test } from 'vitest';
import { drawExample } from '../../components/figures/draw-example.ts';
import { READY_STATES, type ReadyState } from '../../protocol/endpoint/ready-state.ts';
import { simulateScript } from '../base/lab-source/simulated-lab.ts';
import { DRAWING, PLACES } from './layout.ts';
import { drawDiagram, initialDiagram, linkedRun, parametersOfRun, reduceDiagram } from './model.ts';
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from './scenarios.ts';

const run = (name: ScenarioName) => initialDiagram(name, simulateScript(SCENARIOS[name].script, drawExample()));
const pathOf = (name: ScenarioName, side: 'client' | 'server') => {
  const { steps } = run(name);
  return steps.flatMap(({ moves }) => moves[side]?.transition ?? []);
};

describe('the drawing', () => {
  test('has every state and every transition of the table, and nothing else', () => {
    const { states, edges } = drawDiagram([], -1, 'client');
    expect(states.map(({ name }) => name)).toEqual(Object.keys(READY_STATES));
    const wanted = (Object.keys(READY_STATES) as ReadyState[]).flatMap((from) =>
      Object.entries(READY_STATES[from].next).map(([transition, to]) => ({ from, transition, to })),
    );
    expect(edges.map(({ from, transition, to }) => ({ from, transition, to }))).toEqual(wanted);
  });

  test('no two boxes touch, and all lie within it', () => {
    const { width, height } = DRAWING.box;
    const places = Object.values(PLACES);
    for (const [i, a] of places.entries()) {
      expect(a.x - width / 2 >= 0 && a.x + width / 2 <= DRAWING.width).toBe(true);
      expect(a.y - height / 2 >= 0 && a.y + height / 2 <= DRAWING.height).toBe(true);
      for (const b of places.slice(i + 1)) {
        expect(Math.abs(a.x - b.x) >= width || Math.abs(a.y - b.y) >= height).toBe(true);
      }
    }
  });

  test('every path begins at the box of its state and points to the box where it leads', () => {
    for (const { from, to, path } of drawDiagram([], -1, 'client').edges) {
      const [x = 0, y = 0] = path.slice(1).split(/[VH ]/).map(Number);
      const start = PLACES[from];
      expect(Math.abs(x - start.x) <= DRAWING.box.width / 2).toBe(true);
      expect(Math.abs(y - start.y) <= DRAWING.box.height / 2).toBe(true);
      expect(Math.abs(endOf(path).y - PLACES[to].y) <= DRAWING.box.height / 2 + 8).toBe(true);
    }
  });
});

function endOf(path: string): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const [, command, rest = ''] of path.matchAll(/([MVH ])([\d.]+(?: [\d.]+)?)/g)) {
    const [first = 0, second] = rest.split(' ').map(Number);
    if (command === 'V') y = first;
    else if (command === 'H') x = first;
    else [x, y] = [first, second ?? y];
  }
  return { x, y };
}

describe('the way of each end', () => {
  test.each([
    ['page-first', 'handshakeDone closeSent closeReceived tcpClosed', 'handshakeDone closeReceived tcpClosed'],
    ['server-first', 'handshakeDone closeReceived tcpClosed', 'handshakeDone closeSent closeReceived tcpClosed'],
    ['both', 'handshakeDone closeSent closeReceived tcpClosed', 'handshakeDone closeSent closeReceived tcpClosed'],
    ['cut', 'handshakeDone tcpClosed', 'handshakeDone tcpClosed'],
    ['silent', 'handshakeDone closeSent tcpClosed', 'handshakeDone closeReceived tcpClosed'],
    ['broken', 'handshakeDone failed tcpClosed', 'handshakeDone closeReceived tcpClosed'],
  ] as const)('%s', (name, client, server) => {
    expect(pathOf(name, 'client').join(' ')).toBe(client);
    expect(pathOf(name, 'server').join(' ')).toBe(server);
  });

  test('all of them together go over every transition of an open connection but the failure of a closing one', () => {
    const gone = new Set(
      SCENARIO_NAMES.flatMap((name) =>
        run(name).steps.flatMap(({ moves }) =>
          [moves.client, moves.server].flatMap((move) => (move ? `${move.from} ${move.transition}` : [])),
        ),
      ),
    );
    expect([...gone].sort()).toEqual([
      'closing closeReceived',
      'closing tcpClosed',
      'connecting handshakeDone',
      'ending tcpClosed',
      'open closeReceived',
      'open closeSent',
      'open failed',
      'open tcpClosed',
    ]);
  });
});

test.each([
  ['page-first', { code: 1000, reason: '', wasClean: true }],
  ['server-first', { code: 1001, reason: 'going home', wasClean: true }],
  ['both', { code: 4000, reason: '', wasClean: true }],
  ['cut', { code: 1006, reason: '', wasClean: false }],
  ['silent', { code: 1006, reason: '', wasClean: false }],
  ['broken', { code: 1006, reason: '', wasClean: false }],
] as const)('%s: what the page is told', (name, told) => {
  expect(run(name).told).toEqual(told);
  expect(run(name).steps.at(-1)?.sentence).toContain(`onclose with code ${told.code}`);
});

test('who ends TCP is said, and how long they waited', () => {
  const ends = (name: ScenarioName) => run(name).steps.find(({ moves }) => moves.client?.transition === 'tcpClosed');
  expect(ends('page-first')?.sentence).toMatch(/Both sides have sent a close frame/);
  expect(ends('cut')?.sentence).toMatch(/^The server ends TCP\. Neither side/);
  expect(ends('silent')?.sentence).toMatch(/^The browser ends TCP after 10\.0 s/);
  expect(ends('broken')?.sentence).toContain('fails');
});

test('what a page says and is told stands in its place, whenever it reached the figure', () => {
  const events = simulateScript(SCENARIOS['page-first'].script, drawExample());
  const mixed = [...events.filter(({ type }) => type !== 'wire'), ...events.filter(({ type }) => type === 'wire')];
  expect(initialDiagram('page-first', mixed).steps).toEqual(run('page-first').steps);
});

test('a run ends where both are open, the steps go no further than there are, and a link names one', () => {
  let state = reduceDiagram(run('cut'), { type: 'start', scenario: 'page-first' });
  expect(state).toMatchObject({ running: true, steps: [] });
  const events = simulateScript(SCENARIOS['page-first'].script, drawExample());
  state = reduceDiagram(state, { type: 'happened', events });
  state = reduceDiagram(state, { type: 'done', at: undefined });
  expect(state.steps[state.at]?.states).toEqual({ client: 'open', server: 'open' });
  expect(reduceDiagram(state, { type: 'go', to: 99 }).at).toBe(state.steps.length - 1);
  expect(reduceDiagram(state, { type: 'go', to: -9 }).at).toBe(0);
  const written = new URLSearchParams(parametersOfRun('both', 4));
  expect(linkedRun(written)).toEqual({ scenario: 'both', at: 4 });
  expect(linkedRun(new URLSearchParams('closing=toString'))).toBeUndefined();
});
