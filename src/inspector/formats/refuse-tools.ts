import { linesOf, type ReadForm, refused } from './pasted.ts';

/** Outputs of tools that people take for bytes: in each, bytes became dots, words or nothing. */
const TOOLS: readonly (readonly [RegExp, string])[] = [
  [
    /^[*>] (?: {2}Trying |Host |Connected to |GET )[\s\S]*^[<>*{}] /m,
    'This is the output of "curl -v", which does not print the bytes of frames. Use: curl --trace FILE',
  ],
  [
    /^(?:\d\d:\d\d:\d\d\.\d+ )?(?:=>|<=|==) (?:Send|Recv|Info)[^\n]*\n(?:[^\n]*\n)*?[0-9a-f]{4}: (?![0-9a-f]{2}(?: [0-9a-f]{2})* )[^\n]*[^0-9a-f\s]/m,
    'This is the output of "curl --trace-ascii", which replaces bytes by dots. Use --trace instead.',
  ],
  [
    /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d+ (?:\S+ +(?:In|Out|M|B|P) +)?IP6? [^\n]*\n(?![\s\S]*^\s+0x[0-9a-f]{4}:)/m,
    'This is the output of tcpdump without bytes in hex, or with -A, which replaces bytes by dots. Use: tcpdump -X, or write a capture with -w FILE and open that.',
  ],
  [
    /^(?:reading from file |tcpdump: )[^\n]*\n(?:[^\n]*\n)?(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d+ [^\n]*\n(?![\s\S]*^\s+0x[0-9a-f]{4}:)/m,
    'This is the output of tcpdump without bytes in hex. Use: tcpdump -X, or write a capture with -w FILE and open that.',
  ],
  [
    /^\s*\d+ +\d+\.\d+ +\S+ +(?:→|->) +\S+ +[A-Z]\S* +\d+ /,
    'This is the list of packets as tshark prints it: it has no bytes. Open the capture itself with: framelight open FILE',
  ],
  [
    /^Frame \d+: \d+ bytes on wire/,
    'This is the tree of packets as tshark -O or -V prints it: it has no bytes. Open the capture itself with: framelight open FILE',
  ],
];

/** Refuses the output of tools that leave bytes out, and names the option that keeps them. */
export const refuseTools: ReadForm = (text) => {
  const opening = text.slice(0, 4096);
  const [, sentence] = TOOLS.find(([pattern]) => pattern.test(opening)) ?? [];
  if (sentence === undefined) return undefined;
  const [first] = linesOf(text);
  return refused(sentence, first?.start ?? 0, (first?.start ?? 0) + (first?.text.length ?? 0));
};
