/**
 * Why something that a reader asked for did not run, as a sentence. Each browser words it in its own way when code that
 * is fetched on the click cannot be had; what has happened is that the server of this page is gone.
 */
export function whyNotRun(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (!/dynamically imported module|importing a module script/i.test(said)) return said;
  return 'The code for this could not be loaded: the server that has it is gone. Start it, and reload the page.';
}
