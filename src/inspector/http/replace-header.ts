import { decodeLatin1, encodeLatin1 } from '../../text/latin1.ts';

/**
 * Replaces the value of a header in a head, in every line that has it. All other bytes stay as they are.
 *
 * @param head with its empty line
 * @param value written in place of the old one; undefined leaves a line as it is
 * @returns the same array if nothing changed
 */
export function replaceHeader(head: Uint8Array, name: string, value: (old: string) => string | undefined): Uint8Array {
  let changed = false;
  const lines = decodeLatin1(head).split('\n');
  const replaced = lines.map((line, index) => {
    const parts = /^([^:\s]+)(:[ \t]*)(.*?)([ \t]*\r?)$/.exec(line);
    if (index === 0 || parts === null) return line;
    const [, own = '', colon = '', old = '', end = ''] = parts;
    if (own.toLowerCase() !== name.toLowerCase()) return line;
    const next = value(old);
    if (next === undefined || next === old) return line;
    changed = true;
    return own + colon + next + end;
  });
  return changed ? encodeLatin1(replaced.join('\n')) : head;
}
