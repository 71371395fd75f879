import { useTranslation } from 'react-i18next';
import type { Run } from '../api';
import { useWord } from '../lib/use-word';

const scopes = ['all', 'directory', 'external_contacts', 'group_chats', 'corp_tags'] as const;
export type Scope = (typeof scopes)[number];
export const syncScopes: readonly Scope[] = scopes;

const scopeOf = (run: Run): Scope | undefined => {
  const { params } = run;
  if (typeof params !== 'object' || params === null || !('scope' in params)) return undefined;
  return scopes.find((scope) => scope === params.scope);
};

/** "同步 · 外部联系人"; the code of a kind we have no words for. */
export function useRunName(): (run: Run) => string {
  const { t } = useTranslation('states');
  const wordOf = useWord('states');
  return (run) => {
    const name = wordOf(`runKind.${run.kind}`) ?? run.kind;
    const scope = run.kind === 'sync' ? scopeOf(run) : undefined;
    return scope ? `${name} · ${t(`scope.${scope}`)}` : name;
  };
}

/** "正在读取外部联系人"; a phase we have no words for is shown as it is. */
export function usePhaseWords(): (phase: string) => string {
  const wordOf = useWord('states');
  return (phase) => wordOf(`phase.${phase}`) ?? phase;
}

const requesters = [
  ['schedule', 'schedule'],
  ['first start', 'first_start'],
  ['host', 'host'],
  ['restore', 'restore'],
  ['upgrade', 'upgrade'],
] as const;

/** Who asked for a run: a person by name, or the machinery in words. */
export function useRequester(): (run: Run) => string {
  const { t } = useTranslation('states');
  return ({ requested_by }) => {
    const machine = requesters.find(([name]) => name === requested_by)?.[1];
    return machine ? t(`requester.${machine}`) : requested_by;
  };
}
