import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../api';
import { useWord } from '../lib/use-word';

/** `api_token.issued` in words; the code itself where there are none. */
export function useActionName(): (action: string) => string {
  const wordOf = useWord('audit');
  return (action) => wordOf(`done.${action}`) ?? action;
}

const machines = ['host', 'anonymous', 'schedule', 'system'] as const;

type Actor = Pick<AuditEvent, 'actor' | 'actor_name'>;

/** Who acted: the machinery in words, everybody else by name, and who is gone by kind and number. */
export function useActorName(): (event: Actor) => string {
  const { t } = useTranslation('audit');
  return ({ actor, actor_name }) => {
    if (actor_name !== null) return actor_name;
    const machine = machines.find((name) => name === actor);
    return machine ? t(`actorName.${machine}`) : withKind(actor, t('actorName.account'), t('actorName.token'));
  };
}

function withKind(actor: string, account: string, token: string): string {
  const [kind, id] = actor.split(':');
  if (!id) return actor;
  if (kind === 'account') return `${account} ${id}`;
  return kind === 'token' ? `${token} ${id}` : actor;
}
