import { z } from 'zod';
import { instant } from '../../../../http/schema';

const words = z.object({ zh: z.string(), en: z.string() });
const level = z.enum(['ok', 'warn', 'fail', 'skipped']);

export const doctorReport = z
  .object({
    checked_at: instant,
    level: level.openapi({ description: 'the worst of all checks' }),
    checks: z.array(
      z.object({
        key: z.string(),
        area: z.enum(['settings', 'wecom', 'callbacks', 'archive', 'server']),
        title: words,
        level,
        cause: words.openapi({ description: 'what was found, and why it is so' }),
        action: words.nullable().openapi({ description: "what to do, with the menu path of WeCom's admin console" }),
        errcode: z.number().nullable().openapi({ description: "WeCom's" }),
        copy: z.array(z.string()).openapi({ description: 'to be pasted there' }),
      }),
    ),
    egress: z
      .array(
        z.object({
          address: z.string(),
          source: z.enum(['settings', 'wecom']).openapi({ description: 'written down by somebody, or named by WeCom' }),
          seen_at: instant.nullable(),
        }),
      )
      .openapi({ description: 'addresses this server calls WeCom from, for 企业可信IP' }),
  })
  .openapi('DoctorReport');
export type DoctorReport = z.input<typeof doctorReport>;
