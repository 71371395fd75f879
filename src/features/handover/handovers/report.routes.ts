import { z } from 'zod';
import { attachment, type Route } from '../../../http/route';
import { idParam } from '../../../http/schema';
import type { HandoverService } from './handovers';
import { languages } from './report-words';

const can = 'handovers:read';
const params = idParam;

const reportQuery = z.strictObject({ lang: z.enum(languages).default('zh-CN') });

/** What a handover came to. */
export const reportRoutes = ({ handovers }: { handovers: HandoverService }): Route[] => [
  attachment(
    '/handovers/:id/report',
    { can, about: 'All of a handover as a workbook (XLSX). Recorded with its hash', params, query: reportQuery },
    ({ params, query, viewer, ctx }) => handovers.report(params.id, query.lang, { viewer, address: ctx.ip }),
  ),
];
