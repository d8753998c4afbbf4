import type { ConformanceCase } from '../../conformance/case.ts';

let loaded: Promise<readonly ConformanceCase[]> | undefined;

/** Fetches the cases of the suite, once. @throws Error if the server of the page is gone */
export function loadCases(): Promise<readonly ConformanceCase[]> {
  loaded ??= fetchCases().catch((cause: unknown) => {
    loaded = undefined;
    throw cause;
  });
  return loaded;
}

async function fetchCases(): Promise<readonly ConformanceCase[]> {
  const problem = 'The test cases could not be loaded: the server that has them is gone. Start it, and run again.';
  const response = await fetch('/your-server/cases.json').catch(() => undefined);
  if (response?.ok !== true) throw new Error(problem);
  return (await response.json()) as readonly ConformanceCase[];
}
