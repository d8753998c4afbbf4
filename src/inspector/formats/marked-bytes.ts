import { bytesOfPairs, type PasteResult, pastedRun, type ReadForm, refused } from './pasted.ts';

const SUFFIXED = /^\s*0?[0-9a-f]{2}h(?:[\s,]+(?:db\s+)?0?[0-9a-f]{1,2}h)*[\s,]*$/i;

/** Hex with an `h` behind each byte, as assemblers and manuals write it: `81h, 05h`. */
export const readHexWithH: ReadForm = (text) => {
  const shown = text.replace(/^\s*(?:\w+:?\s+)?db\s+/i, '');
  if (!/^\s*[0-9a-f]{2,3}h\b/i.test(shown) || !SUFFIXED.test(shown)) return undefined;
  const values = shown.match(/[0-9a-f]+(?=h)/gi) ?? [];
  return pastedRun(
    'hex bytes with an h',
    Uint8Array.from(values, (value) => Number.parseInt(value, 16)),
  );
};

/** Words of printf("%x") for a signed char: ffffff81 stands for the byte 81. */
export const readSignExtended: ReadForm = (text) => {
  if (!/ffffff[89a-f][0-9a-f]/i.test(text.slice(0, 4096))) return undefined;
  const groups = text.trim().split(/[\s,:]+/);
  if (!groups.every((group) => /^(?:0x)?(?:ffffff[89a-f][0-9a-f]|[0-7]?[0-9a-f])$/i.test(group))) return undefined;
  return pastedRun(
    'hex of signed bytes: ffffff81 is 81',
    Uint8Array.from(groups, (group) => Number.parseInt(group.slice(-2).replace(/^x/i, ''), 16)),
  );
};

const NSDATA = /^\s*<(?:[0-9a-f]{8} ?)*(?:[0-9a-f]{2}){0,4}>\s*$/i;
const NSDATA_NEW = /^\s*\{\s?length = (\d+), bytes = 0x([0-9a-f ]*?)(?:\s?(?:\.\.\.|…)\s?([0-9a-f ]*?))?\s?\}\s*$/i;

/** Data of Apple's systems: `<81054865 6c6c6f>`, and `{length = 7, bytes = 0x81054865 6c6c6f}`, which leaves out the middle. */
export const readNsData: ReadForm = (text): PasteResult | undefined => {
  if (NSDATA.test(text) && text.includes('>')) {
    const bytes = bytesOfPairs(text);
    return bytes.length === 0 ? undefined : pastedRun('an NSData', Uint8Array.from(bytes));
  }
  const [, length, start = '', end] = NSDATA_NEW.exec(text) ?? [];
  if (length === undefined) return undefined;
  const bytes = Uint8Array.from(bytesOfPairs(start));
  const left = Number(length) - bytes.length;
  if (end === undefined) return pastedRun('an NSData', bytes);
  const note = `The middle was left out ("..."): only the first ${bytes.length} of ${length} bytes are read, and the ${left} after them are not. Print them as hex to get all.`;
  return pastedRun('an NSData', bytes, [note]);
};

const BUFFERS =
  /<(?:Buffer|SlowBuffer)((?: [0-9a-f]{2})*)(?: \.\.\. (\d+) more bytes?)?>|\[Uint8Contents\]: <((?:[0-9a-f]{2} ?)*)(?:\.\.\. (\d+) more bytes?)?>/g;

/** Buffers and ArrayBuffers inside whatever Node printed around them: an object, a list, a line of a log. */
export const readNodeBuffers: ReadForm = (text): PasteResult | undefined => {
  if (!/<(?:Slow)?Buffer|\[Uint8Contents\]/.test(text)) return undefined;
  const notes: string[] = [];
  const parts = [...text.matchAll(BUFFERS)].map(([, buffer, more, contents, moreContents]) => {
    const bytes = Uint8Array.from(bytesOfPairs(buffer ?? contents ?? ''));
    const left = more ?? moreContents;
    if (left !== undefined)
      notes.push(
        `Node left out ${left} more ${left === '1' ? 'byte' : 'bytes'}. Print buffer.toString('hex') to get all of them.`,
      );
    return { bytes };
  });
  if (parts.length === 0) return undefined;
  if (notes.length > 0 && parts.length > 1)
    return refused(`${notes[0]} The buffers after it cannot be joined to it.`, 0, Math.min(text.length, 40));
  return {
    form: parts.length === 1 ? 'a Buffer as Node prints it' : `${parts.length} Buffers as Node prints them`,
    parts,
    notes,
  };
};

const OKIO = /^\s*(?:ByteString)?\[(?:size=(\d+) )?hex=([0-9a-f]*)(…)?\]\s*$/i;

/** A ByteString of okio, as OkHttp's listeners print it: `[size=7 hex=81054865…]`. */
export const readOkio: ReadForm = (text): PasteResult | undefined => {
  const [, size, hex, cut] = OKIO.exec(text) ?? [];
  if (hex === undefined) return undefined;
  const note = `okio left out the rest of ${size} bytes. Print hex() to get all of them.`;
  return pastedRun('a ByteString of okio', Uint8Array.from(bytesOfPairs(hex)), cut === undefined ? [] : [note]);
};

const CONTENTS = /^\s*<ByteString@[0-9a-f]+ size=\d+ contents=("(?:[^"\\]|\\.)*")>\s*$/;

/** The string inside a ByteString of protobuf; undefined if it is none. */
export function contentsOfByteString(text: string): string | undefined {
  const [, literal] = CONTENTS.exec(text) ?? [];
  return literal;
}
