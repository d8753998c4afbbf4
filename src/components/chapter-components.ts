import AcceptMistakes from './accept/AcceptMistakes.astro';
import AcceptVectors from './accept/AcceptVectors.astro';
import Base64Groups from './accept/Base64Groups.astro';
import CheckedPrices from './broadcast/CheckedPrices.astro';
import Bytes from './bytes/Bytes.astro';
import CodeExcerpt from './code/CodeExcerpt.astro';
import PackedBytes from './compression/PackedBytes.astro';
import PackedCodes from './compression/PackedCodes.astro';
import PackedFrame from './compression/PackedFrame.astro';
import PackedSizes from './compression/PackedSizes.astro';
import SecretGuesses from './compression/SecretGuesses.astro';
import AcceptDoctorFigure from './figures/AcceptDoctorFigure.astro';
import AcceptFigure from './figures/AcceptFigure.astro';
import BreakRulesFigure from './figures/BreakRulesFigure.astro';
import BroadcastFigure from './figures/BroadcastFigure.astro';
import ClientRulesFigure from './figures/ClientRulesFigure.astro';
import CloseCodesFigure from './figures/CloseCodesFigure.astro';
import ClosingDiagramFigure from './figures/ClosingDiagramFigure.astro';
import EchoPathFigure from './figures/EchoPathFigure.astro';
import Exercises from './figures/Exercises.astro';
import FragmentsFigure from './figures/FragmentsFigure.astro';
import FrameBitsFigure from './figures/FrameBitsFigure.astro';
import InspectorFigure from './figures/InspectorFigure.astro';
import LengthFormsFigure from './figures/LengthFormsFigure.astro';
import ListingFigure from './figures/ListingFigure.astro';
import OwnHandshakeFigure from './figures/OwnHandshakeFigure.astro';
import PackingFigure from './figures/PackingFigure.astro';
import PingFigure from './figures/PingFigure.astro';
import PollingBytes from './figures/PollingBytesFigure.astro';
import PollingDelay from './figures/PollingDelayFigure.astro';
import PollingLab from './figures/PollingLabFigure.astro';
import ProxyCacheFigure from './figures/ProxyCacheFigure.astro';
import RequestBuilderFigure from './figures/RequestBuilderFigure.astro';
import SlowMemberFigure from './figures/SlowMemberFigure.astro';
import Strangers from './figures/StrangersFigure.astro';
import StreamCutFigure from './figures/StreamCutFigure.astro';
import TimelineFigure from './figures/TimelineFigure.astro';
import Utf8LaneFigure from './figures/Utf8LaneFigure.astro';
import XorLaneFigure from './figures/XorLaneFigure.astro';
import FramingRules from './framing/FramingRules.astro';
import HeaderLengths from './framing/HeaderLengths.astro';
import NetworkOrder from './framing/NetworkOrder.astro';
import NumberPitfalls from './framing/NumberPitfalls.astro';
import Overhead from './framing/Overhead.astro';
import TryFrame from './framing/TryFrame.astro';
import Accept from './handshake/Accept.astro';
import HandshakeLines from './handshake/HandshakeLines.astro';
import Refusals from './handshake/Refusals.astro';
import ResponseRules from './handshake/ResponseRules.astro';
import ListingTable from './listing/ListingTable.astro';
import MaskedAgain from './masking/MaskedAgain.astro';
import MaskMistakes from './masking/MaskMistakes.astro';
import XorByte from './masking/XorByte.astro';
import CharacterBytes from './messages/CharacterBytes.astro';
import JoinCosts from './messages/JoinCosts.astro';
import MessageLimit from './messages/MessageLimit.astro';
import MessageRules from './messages/MessageRules.astro';
import Utf8Table from './messages/Utf8Table.astro';
import FrameHeader from './polling/FrameHeader.astro';
import HeaderRatio from './polling/HeaderRatio.astro';
import LayerBytes from './polling/LayerBytes.astro';
import Field from './prose/Field.astro';
import Heading2 from './prose/Heading2.astro';
import Heading3 from './prose/Heading3.astro';
import InlineCode from './prose/InlineCode.astro';
import Must from './prose/Must.astro';
import Rfc from './prose/Rfc.astro';
import RulesInShort from './prose/RulesInShort.astro';
import ScrollingTable from './prose/ScrollingTable.astro';
import Section from './prose/Section.astro';
import Term from './prose/Term.astro';
import ProxyDetails from './proxies/ProxyDetails.astro';
import ProxyTable from './proxies/ProxyTable.astro';
import SandwichOutput from './proxies/SandwichOutput.astro';
import ReadyStates from './ReadyStates.astro';
import OpcodeTable from './reference/OpcodeTable.astro';
import YourServer from './your-server/YourServer.astro';

/** What a chapter can name without importing it. A new component for chapters is one more row here. */
export const chapterComponents = {
  h2: Heading2,
  h3: Heading3,
  table: ScrollingTable,
  code: InlineCode,
  Accept,
  AcceptCalculator: AcceptFigure,
  AcceptDoctor: AcceptDoctorFigure,
  AcceptMistakes,
  AcceptVectors,
  Base64Groups,
  BreakRules: BreakRulesFigure,
  Bytes,
  Exercises,
  ClientRules: ClientRulesFigure,
  Code: CodeExcerpt,
  ConnectionLife: TimelineFigure,
  Field,
  FrameHeader,
  HeaderRatio,
  FrameBits: FrameBitsFigure,
  FramingRules,
  HandshakeLines,
  HeaderLengths,
  Inspector: InspectorFigure,
  LayerBytes,
  LengthForms: LengthFormsFigure,
  Listing: ListingFigure,
  ListingTable,
  MaskedAgain,
  MaskMistakes,
  Must,
  PollingBytes,
  PollingDelay,
  ProxyDetails,
  ProxyTable,
  PollingLab,
  ProxyCache: ProxyCacheFigure,
  ReadyStates,
  NetworkOrder,
  NumberPitfalls,
  OpcodeTable,
  Overhead,
  OwnHandshake: OwnHandshakeFigure,
  Refusals,
  RequestBuilder: RequestBuilderFigure,
  ResponseRules,
  Rfc,
  RulesInShort,
  SandwichOutput,
  Section,
  Term,
  TryFrame,
  XorByte,
  XorLane: XorLaneFigure,
  CharacterBytes,
  Fragments: FragmentsFigure,
  JoinCosts,
  MessageLimit,
  MessageRules,
  Strangers,
  StreamCut: StreamCutFigure,
  Utf8Lane: Utf8LaneFigure,
  Utf8Table,
  CloseCodes: CloseCodesFigure,
  ClosingDiagram: ClosingDiagramFigure,
  Ping: PingFigure,
  PackedBytes,
  PackedCodes,
  PackedFrame,
  PackedSizes,
  Packing: PackingFigure,
  SecretGuesses,
  Broadcast: BroadcastFigure,
  CheckedPrices,
  EchoPath: EchoPathFigure,
  SlowMember: SlowMemberFigure,
  YourServer,
};
