import { z } from 'zod';

/** NFC, no blanks at the ends, inner runs of them one; control characters are refused (crm-features §0.1). */
export const lineOfText = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim().replace(/\s+/g, ' '))
    .pipe(
      z
        .string()
        .max(max)
        .regex(/^\P{Cc}*$/u, 'no control characters'),
    );

/** The same with its lines kept. */
export const linesOfText = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .max(max)
        .regex(/^(?:\P{Cc}|[\n\t])*$/u, 'no control characters'),
    );

const day = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar date that exists. */
export const calendarDay = z
  .string()
  .regex(day, 'YYYY-MM-DD')
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text), 'no such day');
