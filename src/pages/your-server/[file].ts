import type { APIRoute } from 'astro';
import { PROGRAMS } from '../../components/your-server/programs.ts';

/** Every program of the stages, as a file to download. */
export function getStaticPaths() {
  return PROGRAMS.map(({ file, source }) => ({ params: { file }, props: { source } }));
}

export const GET: APIRoute = ({ props }) => new Response(props['source'] as string);
