import { prepareTraffic, type Traffic } from './over-loopback.ts';
import type { Goal, Row } from './row.ts';

const KIB = 1024;

const echo = (connections: number, inFlight: number, byteLength: number): Traffic => ({
  path: '/echo',
  connections,
  inFlight,
  byteLength,
  broadcast: false,
});
const broadcast = (connections: number, byteLength: number): Traffic => ({
  path: '/broadcast',
  connections,
  inFlight: 1,
  byteLength,
  broadcast: true,
});

/** The traffic for the servers: a name, the goal for the ratio to the peer, and the load. */
type TrafficRow = readonly [name: string, goal: Goal, traffic: Traffic];

export const ECHOED: readonly TrafficRow[] = [
  ['16 B, 1 connection', { atLeast: 1.3 }, echo(1, 1, 16)],
  ['32 B, 50 connections', { atLeast: 2 }, echo(50, 1, 32)],
  ['32 B, 50, 16 in flight', { atLeast: 10 }, echo(50, 16, 32)],
  ['1 KiB, 50, 4 in flight', { atLeast: 6 }, echo(50, 4, KIB)],
  ['64 KiB, 10, 2 in flight', { atLeast: 2 }, echo(10, 2, 64 * KIB)],
  ['1 MiB, 4 connections', { atLeast: 2.5 }, echo(4, 1, KIB * KIB)],
];

export const BROADCASTS: readonly TrafficRow[] = [
  ['32 B to 100', { atLeast: 1.3 }, broadcast(100, 32)],
  ['32 B to 1,000', { atLeast: 1.4 }, broadcast(1000, 32)],
  ['1 KiB to 100', { atLeast: 1.4 }, broadcast(100, KIB)],
];

const SERVERS = [{ kind: 'framelight' }, { kind: 'ws' }, { kind: 'tcp' }];

export const ECHO_ROWS: readonly Row[] = ECHOED.map(([name, goal, traffic]) => ({
  group: 'echo',
  name: `echo ${name}`,
  unit: 'messages/s',
  goal,
  prepare: () => prepareTraffic(SERVERS, traffic),
}));

export const BROADCAST_ROWS: readonly Row[] = BROADCASTS.map(([name, goal, traffic]) => ({
  group: 'broadcast',
  name: `broadcast ${name}`,
  unit: 'messages delivered/s',
  goal,
  prepare: () => prepareTraffic(SERVERS, traffic),
}));
