import { prepareTraffic } from './over-loopback.ts';
import type { Goal, Row } from './row.ts';

function echoRow(name: string, connections: number, inFlight: number, byteLength: number, goal: Goal): Row {
  return {
    group: 'echo',
    name: `echo ${name}`,
    unit: 'messages/s',
    goal,
    prepare: () =>
      prepareTraffic(['framelight', 'ws', 'tcp'], {
        path: '/echo',
        connections,
        inFlight,
        byteLength,
        broadcast: false,
      }),
  };
}

function broadcastRow(name: string, connections: number, byteLength: number, goal: Goal): Row {
  return {
    group: 'broadcast',
    name: `broadcast ${name}`,
    unit: 'messages delivered/s',
    goal,
    prepare: () =>
      prepareTraffic(['framelight', 'ws', 'tcp'], {
        path: '/broadcast',
        connections,
        inFlight: 1,
        byteLength,
        broadcast: true,
      }),
  };
}

const KIB = 1024;

export const ECHO_ROWS: readonly Row[] = [
  echoRow('16 B, 1 connection', 1, 1, 16, { atLeast: 1.3 }),
  echoRow('32 B, 50 connections', 50, 1, 32, { atLeast: 2 }),
  echoRow('32 B, 50, 16 in flight', 50, 16, 32, { atLeast: 10 }),
  echoRow('1 KiB, 50, 4 in flight', 50, 4, KIB, { atLeast: 6 }),
  echoRow('64 KiB, 10, 2 in flight', 10, 2, 64 * KIB, { atLeast: 2 }),
  echoRow('1 MiB, 4 connections', 4, 1, KIB * KIB, { atLeast: 2.5 }),
];

export const BROADCAST_ROWS: readonly Row[] = [
  broadcastRow('32 B to 100', 100, 32, { atLeast: 1.3 }),
  broadcastRow('32 B to 1,000', 1000, 32, { atLeast: 1.4 }),
  broadcastRow('1 KiB to 100', 100, KIB, { atLeast: 1.4 }),
];
