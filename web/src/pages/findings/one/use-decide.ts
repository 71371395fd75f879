import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, asFault, invalidate } from '../../../api';
import { type Finding, noteFinding } from '../../../api/findings';

export type Outcome = Exclude<Finding['state'], 'open'>;

export const clearReasons = ['false_positive', 'agreed', 'duplicate', 'explained', 'other'] as const;

export interface Decision {
  state: Outcome;
  reason?: (typeof clearReasons)[number];
  comment?: string;
}

/** What may follow; what was decided can be looked at again. */
export const outcomesAfter: Readonly<Record<Finding['state'], readonly Outcome[]>> = {
  open: ['reviewing', 'confirmed', 'cleared', 'escalated'],
  reviewing: ['confirmed', 'cleared', 'escalated'],
  escalated: ['reviewing', 'confirmed', 'cleared'],
  confirmed: ['reviewing'],
  cleared: ['reviewing'],
};

interface Then {
  /** Somebody was quicker: what is shown is old. */
  onReload(): void;
  onFault(error: unknown): void;
}

/** Sends a decision upon the finding as it was read. */
export function useDecide({ id, case_version }: Pick<Finding, 'id' | 'case_version'>, { onReload, onFault }: Then) {
  const { t } = useTranslation('findings');
  const { message } = App.useApp();
  const { mutate, isPending } = api.useMutation('post', '/findings/{id}/decisions', {
    onSuccess(opened) {
      noteFinding(opened);
      invalidate('/findings');
      void message.success(t('decided', { state: t(`state.${opened.state}`) }));
    },
    onError(error) {
      if (asFault(error).status !== 409) return onFault(error);
      void message.warning(t('quicker'));
      invalidate('/findings');
      onReload();
    },
  });
  const decide = ({ state, reason, comment = '' }: Decision) => {
    const said = comment.trim();
    const why = state === 'cleared' && reason ? { reason } : {};
    mutate({
      params: { path: { id } },
      body: { state, version: case_version, ...why, ...(said ? { comment: said } : {}) },
    });
  };
  return { decide, isPending };
}
