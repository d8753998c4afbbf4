/** Numbers that look random and follow from two others: the seed of a run, and which of its inputs they are for. */
export class Random {
  #state: number;

  constructor(seed: number, input = 0) {
    this.#state = mix(mix(seed) + input);
  }

  /** An integer from 0 up to, but not including, `below`. */
  nat(below: number): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    return Math.floor((mix(this.#state) / 2 ** 32) * below);
  }

  /** True once in `times`, on average. */
  once(times: number): boolean {
    return this.nat(times) === 0;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.nat(choices.length)] ?? choices[0];
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = this.nat(256);
    return bytes;
  }
}

/** Spreads each bit of a 32-bit number over all of them: neighbors come to have nothing in common. */
function mix(number: number): number {
  let mixed = number >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
