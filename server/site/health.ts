import type { ServerResponse } from 'node:http';
import type { Health } from '../../src/companion/health.ts';
import { setSafeHeaders } from '../request/safe-headers.ts';
import { VERSION } from '../version.ts';

const HEALTH: Health = { name: 'framelight', version: VERSION };

/** Tells any page that the companion is here, and its version. Contains nothing secret. */
export function sendHealth(response: ServerResponse): void {
  const body = JSON.stringify(HEALTH);
  setSafeHeaders(response);
  response.writeHead(200, {
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
