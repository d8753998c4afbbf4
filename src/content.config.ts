import { defineCollection, reference } from 'astro:content';
import { file, glob } from 'astro/loaders';
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

const glossary = defineCollection({
  loader: file('content/glossary/terms.yaml'),
  schema: z.strictObject({
    /** As it is written within a sentence. */
    term: z.string().min(1),
    /** Other spellings under which prose may name it. */
    also: z.array(z.string().min(1)).default([]),
    /** A few sentences that stand by themselves. */
    definition: z.string().regex(/^[A-Z].*\.$/, 'begins with a capital and ends with a full stop'),
    /** Of RFC 6455, or another RFC's written out. */
    section: z.string().optional(),
    seeAlso: z.array(reference('glossary')).default([]),
  }),
});

export const collections = { chapters, glossary };
