import { ReplyDay, ReplyProgress } from './reply-quality.entity';
import { replyQualityRoutes } from './reply-quality.routes';

export const replyQualityFeature = {
  name: 'reply-quality',
  entities: [ReplyDay, ReplyProgress],
  routes: replyQualityRoutes,
};
export { createReplyQuality, type ReplyQuality } from './reply-quality.service';
