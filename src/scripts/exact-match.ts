/** What English puts behind a word: "mask" is found in "masking". */
const ENDING = /(?:ing|ed|es|s|e)$/;
const MIN_STEM_LENGTH = 3;

/**
 * Whether a text has every word that was searched for, in any of the word's forms. The search index also finds words that
 * only begin alike: "wire" for "wireshark".
 */
export function isExactMatch(words: string, text: string): boolean {
  const searched = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => searched.includes(stemOf(word)));
}

/** Whether a text has a word that begins like one of those searched for: with its first half, and three letters at least. */
export function isSimilarMatch(words: string, text: string): boolean {
  const searched = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .some((word) => searched.includes(word.slice(0, Math.max(MIN_STEM_LENGTH, word.length >> 1))));
}

function stemOf(word: string): string {
  const stem = word.replace(ENDING, '');
  return stem.length < MIN_STEM_LENGTH ? word : stem;
}
