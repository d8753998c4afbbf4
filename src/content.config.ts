import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const chapters = defineCollection({
  loader: glob({ base: './content/chapters', pattern: '*.mdx' }),
  schema: z.strictObject({
    title: z.string().min(1),
    /** One or two sentences, for the contents list and for search engines. */
    summary: z.string().min(40).max(220),
    /** The sections of RFC 6455 that the chapter covers, as in "4.2.1". */
    rfcSections: z.array(z.string().regex(/^\d+(\.\d+)*$/)).nonempty(),
    /** The chapter's number. */
    order: z.int().positive(),
  }),
});

export const collections = { chapters };
