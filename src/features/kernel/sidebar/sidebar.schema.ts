import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

/** What happens between opening the sidebar and seeing somebody in it, in this order. */
export const steps = [
  'client',
  'session',
  'signature',
  'sdk',
  'config',
  'agent_config',
  'entry',
  'subject',
  'person',
] as const;

/** Why it went no further. */
export const failureCodes = [
  'not_in_wecom',
  'refused',
  'server_unreachable',
  'not_configured',
  'wecom_refused',
  'wecom_unreachable',
  'sdk_unreachable',
  'wrong_domain',
  'bad_signature',
  'no_permission',
  'old_client',
  'no_chat',
  'no_member',
  'forbidden',
  'left',
  'out_of_scope',
  'unknown_person',
  'too_many',
  'unknown',
] as const;

const signature = z.object({ timestamp: z.number(), nonce_str: z.string(), signature: z.string() });

export const signatureQuery = z.strictObject({
  url: z.string().min(1).max(2048).openapi({ description: 'of the page, as the browser shows it; #… is left out' }),
});

export const signatures = z
  .object({
    app_id: z.string().openapi({ description: 'the corp id' }),
    agent_id: z.number(),
    corp: signature.openapi({ description: 'for wx.config' }),
    agent: signature.openapi({ description: 'for wx.agentConfig' }),
    scripts: z.array(z.string()).openapi({ description: 'where the JS-SDK is loaded from, in this order' }),
  })
  .openapi('SidebarSignatures');
export type Signatures = z.input<typeof signatures>;

export const contextQuery = z
  .strictObject({
    external_userid: z.string().min(1).max(64).optional(),
    chat_id: z.string().min(1).max(64).optional(),
  })
  .refine((query) => (query.external_userid === undefined) !== (query.chat_id === undefined), {
    message: 'expected external_userid or chat_id, one of the two',
  });
export type ContextQuery = z.output<typeof contextQuery>;

export const sidebarContext = z
  .object({
    kind: z.enum(['external_contact', 'group_chat']),
    id: z.string(),
    outcome: z.enum(['related', 'not_related', 'out_of_scope', 'unknown', 'no_member', 'left']).openapi({
      description:
        'related: the viewer follows them, or is in the group · not_related: somebody of the viewer’s line does · out_of_scope: others do · unknown: nobody WeCom tells of · no_member: the account belongs to no member · left: the member has left',
    }),
    read_now: z.boolean().openapi({ description: 'read from WeCom just now: we did not know of it yet' }),
    staff: z.object({ userid: z.string(), name: z.string().nullable() }).nullable(),
    relation: z
      .object({ id: z.string(), state: z.string(), started_at: instant, ended_at: instant.nullable() })
      .nullable(),
    has_briefing: z.boolean().openapi({ description: 'the viewer took over from a colleague' }),
  })
  .openapi('SidebarContext');
export type SidebarContext = z.input<typeof sidebarContext>;

export const failureBody = z.strictObject({
  step: z.enum(steps),
  code: z.enum(failureCodes),
  message: z.string().max(1000).default(''),
});
export type Failure = z.output<typeof failureBody>;

export const failureView = z
  .object({
    step: z.enum(steps),
    code: z.enum(failureCodes),
    times: z.number(),
    first_at: instant,
    last_at: instant,
    last_actor: z.string(),
    last_message: z.string(),
  })
  .openapi('SidebarFailure');
export const failurePage = page(failureView);
export const failureQuery = listQuery({});
export type FailureQuery = z.output<typeof failureQuery>;
