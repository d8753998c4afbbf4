import type { APIRoute } from 'astro';
import { CORE_CASES } from '../../widgets/own-code/judge/core-cases.ts';

/** The cases against which the page runs a reader's server, as data. */
export const GET: APIRoute = () => Response.json(CORE_CASES);
