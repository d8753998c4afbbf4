/** What differs from run to run. A test that uses it can fail at random. */
const DRAWS =
  /\b(?:Math\.random|randomBytes|randomUUID|randomInt|randomFill(?:Sync)?|getRandomValues|Date\.now)\b|\bnew Date\(\)/g;

/** Everything in a test's text that makes its runs differ. */
export function findDraws(text: string): string[] {
  return [...new Set([...text.matchAll(DRAWS)].map(([name]) => name))];
}

/** Every number of runs in a test's text that is above the limit, or not written as a number. */
export function findUnboundedRuns(text: string, maxRuns: number): string[] {
  const runs = [...text.matchAll(/\bnumRuns: ([^,\s}]+)/g)];
  return runs.filter(([, count]) => !(Number(count) <= maxRuns)).map(([found]) => found);
}
