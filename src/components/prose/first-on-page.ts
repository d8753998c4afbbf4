const seen = new WeakMap<Request, Set<string>>();

/** Whether a page that is being made has not had this yet: an id may stand on it once. */
export function firstOnPage(page: Request, what: string): boolean {
  const had = seen.get(page) ?? new Set();
  seen.set(page, had);
  if (had.has(what)) return false;
  had.add(what);
  return true;
}
