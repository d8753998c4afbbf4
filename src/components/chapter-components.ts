import AcceptDoctorFigure from './AcceptDoctorFigure.astro';
import AcceptFigure from './AcceptFigure.astro';
import AcceptMistakes from './accept/AcceptMistakes.astro';
import AcceptVectors from './accept/AcceptVectors.astro';
import Base64Groups from './accept/Base64Groups.astro';
import Bytes from './bytes/Bytes.astro';
import Checks from './Checks.astro';
import CodeExcerpt from './code/CodeExcerpt.astro';
import Accept from './handshake/Accept.astro';
import HandshakeLines from './handshake/HandshakeLines.astro';
import Refusals from './handshake/Refusals.astro';
import ResponseRules from './handshake/ResponseRules.astro';
import InspectorFigure from './InspectorFigure.astro';
import Field from './prose/Field.astro';
import Heading2 from './prose/Heading2.astro';
import Heading3 from './prose/Heading3.astro';
import Must from './prose/Must.astro';
import Rfc from './prose/Rfc.astro';
import ScrollingTable from './prose/ScrollingTable.astro';
import Section from './prose/Section.astro';
import Term from './prose/Term.astro';

/** What a chapter can name without importing it. A new component for chapters is one more row here. */
export const chapterComponents = {
  h2: Heading2,
  h3: Heading3,
  table: ScrollingTable,
  Accept,
  AcceptCalculator: AcceptFigure,
  AcceptDoctor: AcceptDoctorFigure,
  AcceptMistakes,
  AcceptVectors,
  Base64Groups,
  Bytes,
  Checks,
  Code: CodeExcerpt,
  Field,
  HandshakeLines,
  Inspector: InspectorFigure,
  Must,
  Refusals,
  ResponseRules,
  Rfc,
  Section,
  Term,
};
