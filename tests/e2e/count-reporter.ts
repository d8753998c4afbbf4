import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Ends a run with one plain line that programs can read: the list's own last line has colors and a time. */
export default class CountReporter implements Reporter {
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'skipped') this.#counts.skipped++;
    else if (result.status === test.expectedStatus) this.#counts.passed++;
    else this.#counts.failed++;
  }

  onEnd(): void {
    const { passed, failed, skipped } = this.#counts;
    console.log(`browser: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }
}
