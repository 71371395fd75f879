import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { consentSources, consentStatuses } from './consent.entity';

const someId = z.string().min(1).max(64);

export const consentView = z
  .object({
    userid: z.string().nullable().openapi({ description: 'of a single chat' }),
    name: z.string().nullable(),
    external_userid: z.string(),
    external_name: z.string().nullable(),
    chat_id: z.string().nullable().openapi({ description: 'of a group chat' }),
    chat_name: z.string().nullable(),
    status: z.enum(consentStatuses),
    changed_at: instant.nullable(),
    source: z.enum(consentSources),
    checked_at: instant,
  })
  .openapi('ArchiveConsent');
export type ConsentView = z.input<typeof consentView>;

export const consentQuery = listQuery({
  userid: someId.optional(),
  external_userid: someId.optional(),
  chat_id: someId.optional(),
  state: z.enum(consentStatuses).optional(),
});
export type ConsentQuery = z.output<typeof consentQuery>;
export const consentPage = page(consentView);

export const historyQuery = z.strictObject({ external_userid: someId });
export const historyView = z.object({
  items: z.array(
    consentView
      .omit({ checked_at: true, name: true, external_name: true, chat_name: true })
      .extend({ recorded_at: instant }),
  ),
  next_cursor: z.null(),
});
export type HistoryView = z.input<typeof historyView>;

const staff = z.object({ userid: z.string(), name: z.string().nullable() });
const group = z.object({
  ...{ chat_id: z.string(), name: z.string(), owner: z.string(), owner_name: z.string().nullable() },
});
const some = <T extends z.ZodType>(item: T) =>
  z.object({ count: z.number(), first: z.array(item).openapi({ description: 'at most 200' }) });

export const supervisionView = z
  .object({
    seats: z.object({ held: z.number(), checked_at: instant.nullable() }),
    unarchived_staff: some(staff).openapi({ description: 'they serve people outside and hold no seat' }),
    groups_without_compliance: some(group).openapi({ description: 'no compliance officer is among the members' }),
    groups_unarchived: some(group).openapi({ description: 'nobody among the members holds a seat' }),
    consent: z.object({
      ...{ agreed: z.number(), disagreed: z.number(), unknown: z.number() },
      never_asked: z
        .number()
        .openapi({ description: 'relations of staff with a seat that WeCom was never asked about' }),
    }),
  })
  .openapi('ArchiveSupervision');
export type SupervisionView = z.input<typeof supervisionView>;

export const startPoll = z.strictObject({});

export const newNotice = z.strictObject({
  title: z.string().trim().min(1).max(200),
  content: z.string().trim().min(1).max(20_000),
});
export type NewNotice = z.infer<typeof newNotice>;
export const noticeView = z
  .object({
    ...{ id: z.string(), title: z.string(), content: z.string(), published_at: instant },
    confirmed_at: instant.nullable().openapi({ description: 'by the reader' }),
    confirmed: z.number().openapi({ description: 'how many members of staff have' }),
  })
  .openapi('ArchiveNotice');
export type NoticeView = z.input<typeof noticeView>;
export const noticeQuery = listQuery({});
export const noticePage = page(noticeView);
export const confirmBody = z.strictObject({});
export const confirmationQuery = listQuery({ confirmed: z.enum(['true', 'false']).optional() });
export type ConfirmationQuery = z.output<typeof confirmationQuery>;
export const confirmationPage = page(staff.extend({ confirmed_at: instant.nullable() }));
export type ConfirmationView = z.input<typeof confirmationPage>['items'][number];
