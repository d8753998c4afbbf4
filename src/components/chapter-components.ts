import AcceptFigure from './AcceptFigure.astro';
import CodeExcerpt from './code/CodeExcerpt.astro';
import InspectorFigure from './InspectorFigure.astro';
import Field from './prose/Field.astro';
import Heading2 from './prose/Heading2.astro';
import Heading3 from './prose/Heading3.astro';
import Must from './prose/Must.astro';
import Rfc from './prose/Rfc.astro';
import ScrollingTable from './prose/ScrollingTable.astro';
import Term from './prose/Term.astro';

/** What a chapter can name without importing it. A new component for chapters is one more row here. */
export const chapterComponents = {
  h2: Heading2,
  h3: Heading3,
  table: ScrollingTable,
  AcceptCalculator: AcceptFigure,
  Code: CodeExcerpt,
  Field,
  Inspector: InspectorFigure,
  Must,
  Rfc,
  Term,
};
