import type { LabScript } from '../base/lab-source/script.ts';

/** One way in which a connection ends. */
export interface Scenario {
  readonly title: string;
  /** What to look for. */
  readonly about: string;
  readonly script: LabScript;
}

/** The ways in which a connection ends, by the name that an address gives them. RFC 6455 §7. */
export const SCENARIOS = {
  'page-first': {
    title: 'The page closes first',
    about: 'The browser starts the closing handshake. The server answers with the same code and ends TCP.',
    script: { close: { code: 1000, reason: 'done' } },
  },
  'server-first': {
    title: 'The server closes first',
    about: 'The server starts. The browser answers by itself and waits for the server to end TCP.',
    script: { order: 'close-1001 going home' },
  },
  both: {
    title: 'Both at once',
    about: 'Two close frames cross. Each side takes the other one’s frame as the answer, so the codes differ.',
    script: { order: 'close-4000', close: { code: 1000 } },
  },
  cut: {
    title: 'TCP is cut',
    about: 'TCP ends without a close frame. The page gets a code that nobody sent.',
    script: { order: 'drop-tcp' },
  },
  silent: {
    title: 'No answer',
    about: 'The server reads the close frame and stays silent. One side has to give up, and that takes seconds.',
    script: { order: 'silent-close', close: { code: 1000 } },
  },
  broken: {
    title: 'A rule is broken',
    about: 'The server sets a reserved bit. The browser fails the connection, and the page never learns why.',
    script: { order: 'rsv1' },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as readonly ScenarioName[];

export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}
