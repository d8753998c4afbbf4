import { posix } from 'node:path';
import type { SourceFile } from './source-file.ts';

/** Who imports whom: for each room, the rooms that it reaches for. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Imports between files. */
export function graphOfFiles(files: readonly SourceFile[]): Graph {
  return graphOf(files, (path) => path);
}

/**
 * Imports between folders. A file that lies beside folders counts by itself: it joins what is in them, as `rules.ts` joins
 * the rules of each section, or they rest on it.
 */
export function graphOfFolders(files: readonly SourceFile[]): Graph {
  const folders = new Set(files.map(({ path }) => posix.dirname(path)));
  const holdsFolders = (folder: string) => [...folders].some((other) => other.startsWith(`${folder}/`));
  return graphOf(files, (path) => {
    const folder = posix.dirname(path);
    return holdsFolders(folder) ? path : folder;
  });
}

function graphOf(files: readonly SourceFile[], roomOf: (path: string) => string): Graph {
  const paths = new Set(files.map(({ path }) => path));
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const room = roomOf(path);
    const reached = graph.get(room) ?? new Set<string>();
    graph.set(room, reached);
    for (const { target } of imports) if (paths.has(target) && roomOf(target) !== room) reached.add(roomOf(target));
  }
  return graph;
}

/** The circles in a graph: each as the rooms that one comes through, from the first back to it. None: an empty list. */
export function findCircles(graph: Graph): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (room: string, path: readonly string[]): void => {
    const seenAt = path.indexOf(room);
    if (seenAt !== -1) {
      circles.push([...path.slice(seenAt), room]);
      return;
    }
    if (done.has(room)) return;
    for (const next of graph.get(room) ?? []) visit(next, [...path, room]);
    done.add(room);
  };
  for (const room of graph.keys()) visit(room, []);
  return circles;
}
