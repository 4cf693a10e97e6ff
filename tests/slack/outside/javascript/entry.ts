// What the schemas are made of. KnownBlock, not AnyBlock: the generic block accepts anything.
import type { AnyChunk, HomeView, KnownBlock, MessageMetadata, ModalView, SlackEvent } from "@slack/types";

export type WrittenBlocks = KnownBlock[];
export type WrittenView = HomeView | ModalView;
export type WrittenChunks = AnyChunk[];
export type WrittenMetadata = MessageMetadata;
export type HeardEvent = SlackEvent;
