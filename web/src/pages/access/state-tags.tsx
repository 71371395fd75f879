import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ApiToken, User } from '../../api';
import { StateTag } from '../../components/state-tag';
import { tokenState, userState } from './standing';

export function UserStateTag({ user }: { user: User }) {
  const { t } = useTranslation('access');
  const state = userState(user, new Date());
  return (
    <StateTag tone="neutral" icon={state === 'active' ? <CheckOutlined /> : undefined}>
      {t(`stateOf.${state}`)}
    </StateTag>
  );
}

export function TokenStateTag({ token }: { token: ApiToken }) {
  const { t } = useTranslation('access');
  const state = tokenState(token, new Date());
  return (
    <StateTag tone="neutral" icon={state === 'active' ? <CheckOutlined /> : undefined}>
      {t(`tokenStateOf.${state}`)}
    </StateTag>
  );
}
