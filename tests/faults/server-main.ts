import { closeOnSignals } from '../../server/commands/shutdown.ts';
import { createLog } from '../../server/log.ts';
import { createCompanion } from '../../server/server.ts';
import type { ServerSettings } from './server-process.ts';

// As `framelight serve`, with what its options do not reach: `server-main.ts SETTINGS`, which are JSON.

const { limits = {}, site, obeyPermissions } = JSON.parse(process.argv[2] ?? '{}') as ServerSettings;
// Root may read everything; only another user can meet a file that is not to be read.
if (obeyPermissions && process.getuid?.() === 0) process.seteuid?.(65_534);

const companion = createCompanion({
  port: 0,
  limits,
  ...(site !== undefined && { site: new URL(site) }),
  log: createLog((line) => process.stderr.write(`${line}\n`)),
});
process.stdout.write(`${await companion.listen()}\n`);
await closeOnSignals(() => companion.close());
