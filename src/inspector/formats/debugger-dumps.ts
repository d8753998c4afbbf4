import { hexProblem } from '../hex/hex-problem.ts';
import { linesOf, pastedRun, type ReadForm } from './pasted.ts';

const GDB_ROW = /^(0x[0-9a-f]+)(?: <[^<>]{0,200}>)?:((?:\s+0x[0-9a-f]{2})+)$/i;
const WINDBG_ROW = /^([0-9a-f]{8}`[0-9a-f]{8}|[0-9a-f]{8}) {2}((?:[0-9a-f]{2}[ -]){0,15}[0-9a-f]{2})(?: {2,}.*)?$/i;

/** Memory as debuggers print it: `x/16xb` of gdb, and `db` of WinDbg with addresses of 64 bits. */
export const readDebuggerDump: ReadForm = (text) => {
  const lines = linesOf(text);
  const [first] = lines;
  const isGdb = first !== undefined && GDB_ROW.test(first.text);
  if (first === undefined || (!isGdb && !/^[0-9a-f]{8}`[0-9a-f]{8} {2}/i.test(first.text))) return undefined;
  const bytes: number[] = [];
  let next: bigint | undefined;
  for (const { text: line, start } of lines) {
    const [, address, row = ''] = (isGdb ? GDB_ROW : WINDBG_ROW).exec(line) ?? [];
    if (address === undefined) return undefined;
    const at = BigInt(`0x${address.replace(/^0x|`/gi, '')}`);
    if (next !== undefined && at !== next)
      return hexProblem(
        `This row begins at ${address}, but the rows before it end at 0x${next.toString(16)}. A row is missing.`,
        start,
        start + address.length,
      );
    const pairs = row.match(/[0-9a-f]{2}(?![0-9a-fx])/gi) ?? [];
    for (const pair of pairs) bytes.push(Number.parseInt(pair, 16));
    next = at + BigInt(pairs.length);
  }
  return pastedRun(isGdb ? 'memory as gdb prints it' : 'memory as WinDbg prints it', Uint8Array.from(bytes));
};
