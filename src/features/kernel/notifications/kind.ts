import type { Role } from '../../../http/roles';

/**
 * Whom a kind is for. The accounts of a role, with those of the superiors of a staff member or without; of the superiors
 * alone, or of those so many levels further up; of the superiors and of every sales manager whose line it is; or the one
 * it concerns.
 */
export type Audience = { roles: readonly Role[]; superiors?: true } | 'superiors' | 'line' | 'level' | 'account';

interface Words {
  title: string;
  text: string;
}

export interface Kind {
  audience: Audience;
  /** Cannot be switched off, and goes to the superior of whom it cannot reach. */
  mandatory: boolean;
  /** Where in the console it leads. */
  link: string;
  /** What the templates may name as `{name}`. */
  params: readonly string[];
  'zh-CN': Words;
  en: Words;
}
