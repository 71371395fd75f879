import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { SidebarContext } from '../api/sidebar';
import { Icon, type IconName } from './icons';

/** The places there are, and no others. */
export function BottomBar({ context }: { context: SidebarContext }) {
  const { t } = useTranslation('sidebar');
  const isGroup = context.kind === 'group_chat';
  return (
    <nav className="bottom-bar" aria-label={t('places')}>
      <Place to="/" icon={isGroup ? 'group' : 'person'} name={isGroup ? t('tabs.group') : t('tabs.customer')} />
      <Place to="/timeline" icon="timeline" name={t('tabs.timeline')} />
      {context.has_briefing && <Place to="/briefing" icon="handover" name={t('tabs.briefing')} />}
    </nav>
  );
}

function Place({ to, icon, name }: { to: string; icon: IconName; name: string }) {
  return (
    <NavLink to={to} end className="place">
      <Icon name={icon} />
      <span>{name}</span>
    </NavLink>
  );
}
