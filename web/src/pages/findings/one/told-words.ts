import { useTranslation } from 'react-i18next';
import { useWord } from '../../../lib/use-word';
import { useDetectorName } from '../finding-words';

const logs: readonly string[] = ['member_log', 'admin_log', 'file_record', 'screen_record'];

/** What a record tells, in the words of the page that it belongs to; its code where there are none. `<who/>` is the member. */
export function useToldWords(): (source: string, what: string) => string {
  const { t } = useTranslation('findings');
  const wordOf = useWord('findings');
  const relationWordOf = useWord('externalContacts');
  const groupWordOf = useWord('groupChats');
  const logWordOf = useWord('securityRecords');
  const nameOf = useDetectorName();
  const elsewhere: Readonly<Record<string, (what: string) => string | undefined>> = {
    relation_history: (what) => relationWordOf(`history.${what}`),
    // Of a group alone nobody is named who came or went.
    group_chat_history: (what) => wordOf(`toldOf.group.${what}`) ?? groupWordOf(`history.${what}`),
    finding: nameOf,
    message: (what) => t(what === 'revoke' ? 'toldOf.recall' : 'toldOf.message'),
    device_report: (name) => t('toldOf.report', { name }),
  };
  const ofLog = (source: string, code: string) => logWordOf(`actOf.${source}.${code}`) ?? t('toldOf.act', { code });
  return (source, what) =>
    logs.includes(source)
      ? ofLog(source, what)
      : (elsewhere[source]?.(what) ?? wordOf(`toldOf.${source}.${what}`) ?? what);
}
