import { useTranslation } from 'react-i18next';
import type { Run } from '../api';

const scopes = ['all', 'directory', 'external_contacts', 'group_chats', 'corp_tags'] as const;
export type Scope = (typeof scopes)[number];
export const syncScopes: readonly Scope[] = scopes;

const scopeOf = (run: Run): Scope | undefined => {
  const { params } = run;
  if (typeof params !== 'object' || params === null || !('scope' in params)) return undefined;
  return scopes.find((scope) => scope === params.scope);
};

/** "同步 · 外部联系人" */
export function useRunName(): (run: Run) => string {
  const { t } = useTranslation('states');
  return (run) => {
    if (run.kind === 'audit-verification') return t('runKind.auditVerification');
    if (run.kind === 'reconciliation' || run.kind === 'backup') return t(`runKind.${run.kind}`);
    if (run.kind !== 'sync') return run.kind;
    const scope = scopeOf(run);
    return scope ? `${t('runKind.sync')} · ${t(`scope.${scope}`)}` : t('runKind.sync');
  };
}

const requesters = [
  ['schedule', 'schedule'],
  ['first start', 'first_start'],
  ['host', 'host'],
  ['restore', 'restore'],
] as const;

/** Who asked for a run: a person by name, or the machinery in words. */
export function useRequester(): (run: Run) => string {
  const { t } = useTranslation('states');
  return ({ requested_by }) => {
    const machine = requesters.find(([name]) => name === requested_by)?.[1];
    return machine ? t(`requester.${machine}`) : requested_by;
  };
}
