import { Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { asFault, useSession, type Viewer } from '../api';
import { FaultNote } from '../components/fault-note';

/** Lets signed-in readers pass; others go to the sign-in page and come back here afterwards. */
export function SessionGate({ children }: { children: (viewer: Viewer) => ReactNode }) {
  const { t } = useTranslation('shell');
  const { pathname, search } = useLocation();
  const session = useSession();
  if (session.data) return children(session.data);
  if (session.isPending) return <Spin fullscreen description={t('connecting')} delay={400} />;
  if (asFault(session.error).status === 401) {
    const back = pathname + search;
    return <Navigate to={back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`} replace />;
  }
  return <FaultNote error={session.error} onRetry={() => void session.refetch()} />;
}
