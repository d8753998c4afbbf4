/**
 * Why something that a reader asked for did not run, as a sentence. If the code for it cannot be loaded, each browser says
 * so in its own words; the cause is that the server of this page is gone.
 */
export function whyNotRun(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (!/dynamically imported module|importing a module script/i.test(said)) return said;
  return 'The code for this could not be loaded: the server that has it is gone. Start it, and reload the page.';
}
