// Chosen once a run, below the ports that systems hand out by themselves; the workers inherit the choice.
process.env['E2E_PORT'] ??= String(20_000 + (process.pid % 6000) * 2);

/** The companion, which serves the built site and the sockets. */
export const LIVE_PORT = Number(process.env['E2E_PORT']);

/** A plain web host: the same files, and nothing else. */
export const STATIC_PORT = LIVE_PORT + 1;

export const STATIC_SITE = `http://localhost:${STATIC_PORT}`;
