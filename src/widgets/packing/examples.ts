/** Messages to begin with. */
export interface PackingExample {
  readonly name: string;
  readonly title: string;
  /** One message on each line. */
  readonly text: string;
}

/** Letters without a pattern: no two in a row repeat. The same in every build. */
function noise(length: number, seed: number): string {
  let state = seed;
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return letters[(state >>> 16) % letters.length];
  }).join('');
}

export const PACKING_EXAMPLES: readonly PackingExample[] = [
  {
    name: 'prices',
    title: 'prices, as JSON',
    text: [
      '{"trades":[{"symbol":"ACME","price":101},{"symbol":"EMCA","price":98}]}',
      '{"trades":[{"symbol":"ACME","price":102},{"symbol":"EMCA","price":97}]}',
      '{"trades":[{"symbol":"EMCA","price":99}]}',
    ].join('\n'),
  },
  {
    name: 'chat',
    title: 'a chat',
    text: ['Hello!', 'Hello, who is there?', 'It is me again.', 'Hello again, who is it?'].join('\n'),
  },
  {
    name: 'far',
    title: 'one text twice, with 600 letters between',
    text: ['The quick brown fox', noise(600, 1), 'The quick brown fox'].join('\n'),
  },
  { name: 'noise', title: 'letters without a pattern', text: `${noise(40, 2)}\n${noise(40, 3)}` },
];
