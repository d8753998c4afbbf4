import { test } from 'vitest';
import { ATTACKS } from './attack/attacks.ts';
import { expectHarm, startServer } from './faults/harm.ts';

// The short form of `npm run attack`: each at a scale at which a server without the bound in question breaks it.

test.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
  '%s: nobody else waits, and the memory is bounded',
  async (_name, { settings, attack, bounds, testScale = 1 }) => {
    const server = await startServer(settings && { settings });
    await expectHarm(server, { aliveMegabytes: 64, lines: Number.POSITIVE_INFINITY, ...bounds }, () =>
      attack(server.port, testScale),
    );
  },
);
