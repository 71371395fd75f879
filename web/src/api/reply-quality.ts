import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type ReplyQuality = Schemas['ReplyQuality'];
export type ReplyLine = ReplyQuality['items'][number];
export type ReplyFigures = ReplyQuality['total'];
export type ReplyCoverage = NonNullable<ReplyFigures['coverage']>;
export type UnansweredQuestion = Schemas['UnansweredQuestion'];

/** How soon people outside were answered; days in Shanghai, both included. */
export const useReplyQuality = (query: Pick<ReplyQuality, 'from' | 'to' | 'by'>) =>
  api.useQuery('get', '/reply-quality', { params: { query } });
