import type { Context } from 'koa';
import type { Viewer } from '../../../http/permissions';
import { get, post, put, type Route } from '../../../http/route';
import { idParam, listQuery } from '../../../http/schema';
import type { By } from '../../kernel/approvals';
import type { SupervisedReview } from './review.feature';
import {
  changedProfile,
  coverageQuery,
  coverageView,
  decisionBody,
  escalationBody,
  newProfile,
  newReview,
  openedReview,
  openQuery,
  profileList,
  profileView,
  releaseBody,
  reviewPage,
  reviewQuery,
  reviewView,
  samplePage,
  sampleQuery,
} from './review.schema';

const can = 'archive:review';
const byOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): By => ({ viewer, address: ctx.ip });

export const reviewRoutes = ({ reviews }: { reviews: SupervisedReview }): Route[] => [
  ...profileRoutes(reviews),
  get(
    '/archive/reviews',
    { can, about: 'Messages to look at, newest first', query: reviewQuery, returns: reviewPage },
    ({ query, viewer }) => reviews.list(query, viewer),
  ),
  post(
    '/archive/reviews',
    { can, about: 'Put a message or a conversation up for review', body: newReview, returns: reviewView, status: 201 },
    ({ body, ...who }) => reviews.add(body, byOf(who)),
  ),
  get(
    '/archive/reviews/:id',
    {
      ...{ can, about: 'One item with the message and what stands around it. Recorded as read' },
      ...{ params: idParam, query: openQuery, returns: openedReview },
    },
    ({ params, query, ...who }) => reviews.open(params.id, query, byOf(who)),
  ),
  post(
    '/archive/reviews/:id/claim',
    { can, about: 'Take an item', params: idParam, returns: reviewView },
    ({ params, ...who }) => reviews.claim(params.id, byOf(who)),
  ),
  post(
    '/archive/reviews/:id/release',
    { can, about: 'Give an item back', params: idParam, body: releaseBody, returns: reviewView },
    ({ params, body, ...who }) => reviews.release(params.id, body, byOf(who)),
  ),
  post(
    '/archive/reviews/:id/decide',
    {
      ...{ can, about: 'Say what was found; all but clean needs a comment' },
      ...{ params: idParam, body: decisionBody, returns: reviewView },
    },
    ({ params, body, ...who }) => reviews.decide(params.id, body, byOf(who)),
  ),
  post(
    '/archive/reviews/:id/escalate',
    { can, about: 'Hand an item on to somebody else', params: idParam, body: escalationBody, returns: reviewView },
    ({ params, body, ...who }) => reviews.escalate(params.id, body, byOf(who)),
  ),
  get(
    '/archive/coverage',
    {
      ...{ can, about: 'Supervision coverage: how much of whose messages was looked at, by whom, and how soon' },
      ...{ query: coverageQuery, returns: coverageView },
    },
    ({ query, viewer }) => reviews.coverage(query, viewer),
  ),
];

const profileRoutes = (reviews: SupervisedReview): Route[] => [
  get(
    '/archive/review-profiles',
    { can, about: 'Sampling profiles, oldest first', query: listQuery({}), returns: profileList },
    ({ query }) => reviews.profiles.list(query),
  ),
  post(
    '/archive/review-profiles',
    { can, about: 'A new sampling profile', body: newProfile, returns: profileView, status: 201 },
    ({ body, ...who }) => reviews.profiles.create(body, byOf(who)),
  ),
  put(
    '/archive/review-profiles/:id',
    {
      ...{ can, about: 'Change a sampling profile, from the next period on' },
      ...{ params: idParam, body: changedProfile, returns: profileView },
    },
    ({ params, body, ...who }) => reviews.profiles.change(params.id, body, byOf(who)),
  ),
  get(
    '/archive/review-samples',
    {
      ...{ can, about: 'Samples with the hash of their seed, and once they are drawn the seed, newest first' },
      ...{ query: sampleQuery, returns: samplePage },
    },
    ({ query }) => reviews.samples.list(query),
  ),
];
