import { get, type Route } from '../../../http/route';
import { replyQualityQuery, replyQualityView, unansweredPage, unansweredQuery } from './reply-quality.schema';
import type { ReplyQuality } from './reply-quality.service';

const can = 'reply_quality:read';

export const replyQualityRoutes = ({ replyQuality }: { replyQuality: ReplyQuality }): Route[] => [
  get(
    '/reply-quality',
    {
      ...{ can, about: 'How soon people outside were answered, in working time, and how much of it the archive sees' },
      ...{ query: replyQualityQuery, returns: replyQualityView },
    },
    ({ query, viewer }) => replyQuality.report(query, viewer),
  ),
  get(
    '/reply-quality/unanswered',
    {
      ...{ can, about: 'Who waits for an answer now, whoever has waited longest first; nobody longer than 30 days' },
      ...{ query: unansweredQuery, returns: unansweredPage },
    },
    ({ query, viewer }) => replyQuality.unanswered(query, viewer),
  ),
];
