/** The companion's answer at `/healthz`. */
export interface Health {
  readonly name: 'framelight';
  readonly version: string;
}

/** Reads that answer. Another program might listen on the port, so it can be anything. Never throws. */
export function parseHealth(text: string): { readonly health: Health } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'the answer is not JSON: another program listens there' };
  }
  if (typeof value !== 'object' || value === null || !('name' in value) || value.name !== 'framelight') {
    return { problem: 'the answer has no "name": "framelight": another program listens there' };
  }
  if (!('version' in value) || typeof value.version !== 'string') {
    return { problem: 'the answer has no "version", which must be a text' };
  }
  return { health: { name: value.name, version: value.version } };
}
