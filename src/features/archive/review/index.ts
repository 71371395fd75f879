import { ArchiveReview, ArchiveReviewStep, ArchiveReviewSubject, ArchiveSample, ReviewProfile } from './review.entity';
import { reviewRoutes } from './review.routes';

export const reviewFeature = {
  name: 'review',
  entities: [ReviewProfile, ArchiveSample, ArchiveReview, ArchiveReviewSubject, ArchiveReviewStep],
  routes: reviewRoutes,
};
export { createSupervisedReview, type SupervisedReview } from './review.feature';
export { reviewStream } from './review.stream';
export type { Hit, Hits } from './reviews.views';
