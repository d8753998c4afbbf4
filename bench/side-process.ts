import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Side } from './rounds.ts';
import type { Prepared, Row } from './row.ts';

const SIDE_MAIN = fileURLToPath(new URL('side-main.ts', import.meta.url));

/** What a side's process answers: ready, or what it has measured. */
export type SideReply = 'ready' | number;

/**
 * Gives each side a process of its own: in one and the same, each would pay for the other's garbage,
 * and the compiler, which learns from what it sees, would learn from both.
 */
export async function prepareApart(row: Row, sideNames: readonly string[]): Promise<Prepared> {
  const processes = await Promise.all(sideNames.map((_, i) => startSide(row, i)));
  const sides = processes.map((child, i): Side => {
    const name = sideNames[i] as string;
    return { name, measure: () => askSide(child, name) };
  });
  return {
    sides,
    close() {
      for (const child of processes) child.disconnect();
    },
  };
}

async function startSide(row: Row, index: number): Promise<ChildProcess> {
  const child = fork(SIDE_MAIN, [row.name, String(index)]);
  await replyOf(child, row.name);
  return child;
}

async function askSide(child: ChildProcess, name: string): Promise<number> {
  const reply = replyOf(child, name);
  child.send('measure');
  return (await reply) as number;
}

async function replyOf(child: ChildProcess, name: string): Promise<SideReply> {
  const stopped = new AbortController();
  const exit = once(child, 'exit', { signal: stopped.signal }).then(
    ([code]) => {
      throw new Error(`the process of "${name}" ended with code ${code} before it answered; see its message above`);
    },
    () => 'ready' as const,
  );
  const reply = once(child, 'message').then(([message]) => message as SideReply);
  try {
    return await Promise.race([reply, exit]);
  } finally {
    stopped.abort();
  }
}
