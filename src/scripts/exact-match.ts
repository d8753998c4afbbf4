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

function stemOf(word: string): string {
  const stem = word.replace(ENDING, '');
  return stem.length < MIN_STEM_LENGTH ? word : stem;
}
