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
  const wordOf = useWord('audit');
  return ({ actor, actor_name }) => {
    if (actor_name !== null) return actor_name;
    const machine = machines.find((name) => name === actor);
    return machine ? t(`actorName.${machine}`) : withKind(actor, wordOf);
  };
}

type Target = Pick<AuditEvent, 'target' | 'target_name'>;

/** What was acted upon: "账号 李雷", "设置 PUBLIC_URL"; as the trail spells it where there are no words. */
export function useTargetName(): (event: Target) => string {
  const wordOf = useWord('audit');
  return ({ target, target_name }) => {
    const [kind = ''] = target.split(':');
    return target_name === null ? withKind(target, wordOf) : [wordOf(`thing.${kind}`), target_name].join(' ').trim();
  };
}

/** Their ids say nothing to a reader. */
const unnamed = ['approval', 'run', 'evidence'];

function withKind(spelled: string, wordOf: (key: string) => string | undefined): string {
  const [kind = '', ...rest] = spelled.split(':');
  const word = wordOf(`thing.${kind}`);
  if (!word) return spelled;
  return unnamed.includes(kind) ? word : `${word} ${rest.join(':')}`.trim();
}
