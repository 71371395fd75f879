import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../../api';
import { renewHandovers } from '../../../api/handovers';
import { useFaultText } from '../../../components/fault-note';
import { handoverPath } from '../../../lib/paths';
import type { Plan } from './types';

/** Asks, and plans to give back what was taken over; undefined where there is nothing, or nobody to get it. */
export function useHandBack({ id, from, summary, reversed_by }: Plan): (() => void) | undefined {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const textOf = useFaultText();
  const { mutateAsync } = api.useMutation('post', '/handovers/{id}/hand-back', { onSuccess: renewHandovers });
  const count = summary.by_state.taken_over ?? 0;
  const namesOf = (givers: Plan['from']) => givers.map(({ name, userid }) => name || userid).join(tc('listSeparator'));
  const serving = from.filter(({ departed_at }) => departed_at === null);
  if (count === 0 || serving.length === 0) return undefined;
  const left = from.filter(({ departed_at }) => departed_at !== null);
  const words = [
    left.length === 0 ? t('handBackAll', { count, names: namesOf(serving) }) : undefined,
    left.length > 0 ? t('handBackSome', { names: namesOf(serving), left: namesOf(left) }) : undefined,
    t('handBackHint'),
    reversed_by.length > 0 ? t('handBackAgain', { count: reversed_by.length }) : undefined,
  ];
  return () =>
    void modal.confirm({
      title: t('handBackTitle'),
      content: words.map((text) => text && <p key={text}>{text}</p>),
      okText: t('handBackDo'),
      cancelText: tc('cancel'),
      async onOk() {
        try {
          const made = await mutateAsync({ params: { path: { id } } });
          void message.success(t('handBackMade'));
          if (made.id !== null) await navigate(handoverPath(made.id));
        } catch (thrown) {
          void message.error(textOf(thrown));
        }
      },
    });
}
