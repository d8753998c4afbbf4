import type { ConformanceCase } from '../../../conformance/case.ts';
import { conformanceCases } from '../../../conformance/suite.ts';

/**
 * The core cases of the suite that fit a page: those without megabytes.
 *
 * A page cannot import this: the examples of the rules, from which many cases are made, are left out of its scripts. It
 * fetches the cases as data instead.
 */
export const CORE_CASES: readonly ConformanceCase[] = conformanceCases().filter(({ heavy }) => !heavy);
