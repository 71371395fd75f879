import { useTranslation } from 'react-i18next';
import { api, type ExternalContactDetail, type Relation, type SidebarContext } from '../api/sidebar';
import { TimeText } from '../components/time-text';
import { isMasked } from '../lib/masked';
import { useWord } from '../lib/use-word';
import { StateChip } from './chips';
import { Icon } from './icons';
import { Avatar, Card, Facts, Notice, PartFailed, Waiting } from './parts';

/** Who the customer is, what is noted of them, who else follows them, and where one meets them. */
export function CustomerPage({ context }: { context: SidebarContext }) {
  const { t } = useTranslation('sidebar');
  const params = { path: { external_userid: context.id } };
  const found = api.useQuery('get', '/external-contacts/{external_userid}', { params });
  if (found.isPending) return <Waiting />;
  if (!found.data) return <PartFailed error={found.error} onRetry={() => void found.refetch()} />;
  const contact = found.data;
  const mine = contact.relations.find(({ id }) => id === context.relation?.id);
  return (
    <>
      <Header contact={contact} mine={mine} />
      {context.outcome === 'not_related' && <Notice>{t('notMine')}</Notice>}
      {context.read_now && <Notice>{t('readNow')}</Notice>}
      {contact.erased_at && <Notice>{t('erased')}</Notice>}
      {mine && <Noted mine={mine} />}
      {mine && <Tags mine={mine} />}
      <Followers relations={contact.relations} mine={mine} />
      <Groups chats={contact.group_chats} />
    </>
  );
}

interface Shown {
  contact: ExternalContactDetail;
  mine: Relation | undefined;
}

function Header({ contact, mine }: Shown) {
  const { t } = useTranslation();
  const { external_userid, name, avatar, type, corp_name, position } = contact;
  const shown = name || t('erased');
  const where = type === 'unknown' ? '' : t(type);
  return (
    <header className="card head">
      <Avatar id={external_userid} name={shown} address={avatar} />
      <div className="row-words">
        <h1>
          <bdi>{shown}</bdi>
        </h1>
        <p className="quiet">{[where, corp_name, position].filter(Boolean).join(' · ')}</p>
      </div>
      {mine && <StateChip state={mine.state} />}
    </header>
  );
}

function Noted({ mine }: { mine: Relation }) {
  const { t } = useTranslation('sidebar');
  const { t: words } = useTranslation('externalContacts');
  const added = useWord('externalContacts')(`addWay.${mine.add_way}`) ?? words('addWayUnknown', { code: mine.add_way });
  return (
    <Card title={t('facts')}>
      <Facts
        items={[
          { name: t('remark'), value: mine.remark },
          { name: t('description'), value: mine.description },
          { name: t('company'), value: mine.remark_corp_name },
          { name: t('mobiles'), value: mine.remark_mobiles.length > 0 && <Mobiles mobiles={mine.remark_mobiles} /> },
          { name: t('since'), value: <TimeText at={mine.started_at} /> },
          { name: t('addWay'), value: added },
        ]}
      />
    </Card>
  );
}

function Mobiles({ mobiles }: { mobiles: readonly string[] }) {
  return (
    <ul className="mobiles">
      {mobiles.map((mobile) => (
        <li key={mobile}>
          {isMasked(mobile) ? (
            mobile
          ) : (
            <a href={`tel:${mobile}`}>
              <Icon name="phone" />
              {mobile}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function Tags({ mine: { tags } }: { mine: Relation }) {
  const { t } = useTranslation('sidebar');
  return (
    <Card title={t('tags')}>
      {tags.length === 0 && <p className="quiet">{t('noTags')}</p>}
      {tags.length > 0 && (
        <ul className="chips">
          {tags.map(({ tag_id, name, group_name }) => (
            <li key={`${tag_id} ${name}`} className="chip">
              {group_name && <span className="quiet">{group_name}</span>} {name}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Followers({ relations, mine }: { relations: readonly Relation[]; mine: Relation | undefined }) {
  const { t } = useTranslation('sidebar');
  return (
    <Card title={t('followers')}>
      <ul className="rows">
        {relations.map((relation) => (
          <li key={relation.id} className="row">
            <Avatar id={relation.userid} name={relation.staff_name ?? relation.userid} />
            <div className="row-words">
              <span>
                <bdi>{relation.staff_name ?? relation.userid}</bdi>
                {relation.id === mine?.id && <span className="quiet"> · {t('mine')}</span>}
              </span>
              <span className="quiet">
                <TimeText at={relation.started_at} />
              </span>
            </div>
            <StateChip state={relation.state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Groups({ chats }: { chats: ExternalContactDetail['group_chats'] }) {
  const { t } = useTranslation('sidebar');
  return (
    <Card title={t('groups')}>
      {chats.length === 0 && <p className="quiet">{t('noGroups')}</p>}
      {chats.length > 0 && (
        <ul className="rows">
          {chats.map(({ chat_id, name }) => (
            <li key={chat_id} className="row">
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
