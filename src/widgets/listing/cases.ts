import type { ListingCase } from './case.ts';
import { variantsOf } from './inputs.ts';
import { LISTING_WORDS } from './words.ts';

/** The 22 mistakes of the 2011 listing, by their numbers: words and inputs. */
export const LISTING_CASES: readonly ListingCase[] = LISTING_WORDS.map((words) => ({
  ...words,
  variants: variantsOf(words.number),
}));
