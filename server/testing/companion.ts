import { onTestFinished } from 'vitest';
import { type Companion, type CompanionOptions, createCompanion } from '../server.ts';

/** A companion for one test: on a free port, with short timeouts, closed when the test ends. */
export interface TestCompanion extends Companion {
  readonly port: number;
  readonly url: string;
  /** The lines that it logged. */
  readonly lines: string[];
}

export async function startCompanion(options: CompanionOptions = {}): Promise<TestCompanion> {
  const lines: string[] = [];
  const companion = createCompanion({
    port: 0,
    log: (_kind, event) => lines.push(event),
    ...options,
    limits: { closingTimeoutMs: 200, ...options.limits },
  });
  const url = await companion.listen();
  onTestFinished(() => companion.close());
  return Object.assign(companion, { url, lines, port: companion.listening.port });
}
