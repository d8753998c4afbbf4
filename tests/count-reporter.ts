import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that programs can read: Vitest's own last lines have colors and a time. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const { children } of modules) for (const test of children.allTests()) counts[test.result().state]++;
    const { passed, failed, skipped } = counts;
    console.log(`vitest: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }
}
