import type { Context } from 'koa';
import type { Viewer } from '../../../http/permissions';
import { get, post, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import { runView } from '../../../jobs/jobs.schema';
import type { By } from '../../kernel/approvals';
import type { Consent } from './consent.feature';
import {
  confirmationPage,
  confirmationQuery,
  confirmBody,
  consentPage,
  consentQuery,
  historyQuery,
  historyView,
  newNotice,
  noticePage,
  noticeQuery,
  noticeView,
  startPoll,
  supervisionView,
} from './consent.schema';

const can = 'archive:review';
const byOf = ({ viewer, ctx }: { viewer: Viewer; ctx: Context }): By => ({ viewer, address: ctx.ip });

export const consentRoutes = ({ consent }: { consent: Consent }): Route[] => [
  get(
    '/archive/consent',
    { can, about: 'Who agreed to being archived, by conversation', query: consentQuery, returns: consentPage },
    ({ query, viewer }) => consent.list(query, viewer),
  ),
  get(
    '/archive/consent-history',
    { can, about: 'Every change of one person’s consent, newest first', query: historyQuery, returns: historyView },
    ({ query, viewer }) => consent.history(query.external_userid, viewer),
  ),
  post(
    '/archive/consent-runs',
    { can, about: 'Ask WeCom about seats and consent now', body: startPoll, returns: runView, status: 202 },
    (who) => consent.polling.start(byOf(who)),
  ),
  get(
    '/archive/supervision',
    {
      ...{ can, about: 'What the archive does not see: staff without a seat, unwatched groups, missing consent' },
      returns: supervisionView,
    },
    () => consent.supervision(),
  ),
  ...noticeRoutes(consent),
];

const noticeRoutes = (consent: Consent): Route[] => [
  get(
    '/archive/notices',
    {
      ...{ can: 'self', about: 'What staff are told of the archive, newest first' },
      ...{ query: noticeQuery, returns: noticePage },
    },
    ({ query, viewer }) => consent.notices.list(query, viewer),
  ),
  post(
    '/archive/notices',
    { can, about: 'Tell staff of the archive', body: newNotice, returns: noticeView, status: 201 },
    ({ body, ...who }) => consent.notices.publish(body, byOf(who)),
  ),
  post(
    '/archive/notices/:id/confirm',
    { can: 'self', about: 'I have read this notice', params: idParam, body: confirmBody, returns: noticeView },
    ({ params, ...who }) => consent.notices.confirm(params.id, byOf(who)),
  ),
  get(
    '/archive/notices/:id/confirmations',
    {
      ...{ can, about: 'Who has confirmed a notice and who has not, by userid' },
      ...{ params: idParam, query: confirmationQuery, returns: confirmationPage },
    },
    ({ params, query, viewer }) => consent.notices.confirmations(params.id, query, viewer),
  ),
];
