import {
  BookOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  CloudOutlined,
  CreditCardOutlined,
  EnvironmentOutlined,
  FileTextOutlined,
  FormOutlined,
  GiftOutlined,
  LinkOutlined,
  MobileOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
  UnorderedListOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWord } from '../../lib/use-word';
import { CopyButton } from '../copy-button';
import { PersonLink } from '../person-link';
import { TimeText } from '../time-text';
import { articlesOf, type Card, type CardLine, cards } from './cards';
import type { MessageContent } from './content';
import styles from './message.module.css';

const icons: Readonly<Record<string, ReactNode>> = {
  card: <CreditCardOutlined />,
  location: <EnvironmentOutlined />,
  link: <LinkOutlined />,
  weapp: <MobileOutlined />,
  todo: <CheckSquareOutlined />,
  vote: <UnorderedListOutlined />,
  collect: <FormOutlined />,
  redpacket: <GiftOutlined />,
  external_redpacket: <GiftOutlined />,
  meeting: <VideoCameraOutlined />,
  meeting_notification: <VideoCameraOutlined />,
  docmsg: <FileTextOutlined />,
  calendar: <CalendarOutlined />,
  sphfeed: <PlayCircleOutlined />,
  voiptext: <PhoneOutlined />,
  meeting_voice_call: <PhoneOutlined />,
  qydiskfile: <CloudOutlined />,
  solitaire: <UnorderedListOutlined />,
  news: <BookOutlined />,
};

/** A message that is more than a text: its kind, its title, and what it says, line by line. */
export function CardBody({ content }: { content: MessageContent }) {
  const { type, body } = content;
  const kind = useKind(content);
  const all = type === 'news' ? articlesOf(body) : [cards[type]?.(body) ?? { title: '', lines: [] }];
  return (
    <div className={styles.card}>
      <div className={styles.cardKind}>
        <span aria-hidden>{icons[type] ?? <FileTextOutlined />}</span> {kind}
      </div>
      {all.map((card, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the articles of a message never change their order.
        <CardContent key={place} card={card} />
      ))}
    </div>
  );
}

function useKind({ type, body }: MessageContent): string {
  const { t } = useTranslation('messages');
  const wordOf = useWord('messages');
  if (type === 'vote') return t(body.takes_part === true ? 'voteTaken' : 'voteStarted');
  if (type === 'solitaire' && body.joins === true) return t('joined');
  return wordOf(`kind.${type}`) ?? t('unknownKind', { type });
}

function CardContent({ card: { title, lines } }: { card: Card }) {
  const { t } = useTranslation('messages');
  const said = lines.filter(({ value }) => value !== '');
  return (
    <>
      {title && (
        <div className={styles.cardTitle} dir="auto">
          {title}
        </div>
      )}
      {said.length > 0 && (
        <dl className={styles.cardLines}>
          {said.map((line) => (
            <div key={line.label} className={styles.cardLine}>
              <dt>{t(`field.${line.label}` as 'field.url')}</dt>
              <dd dir="auto">
                <Value line={line} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** Addresses are text that can be copied, never a link: whoever wrote them is not to be trusted. */
function Value({ line: { label, value, as } }: { line: CardLine }) {
  const { t } = useTranslation('messages');
  const wordOf = useWord('messages');
  if (as === 'instant') return <TimeText at={value} />;
  if (as === 'seconds') return t('seconds', { count: Number(value) });
  if (as === 'yuan') return `¥ ${value}`;
  if (as === 'person') return <PersonLink id={value} />;
  if (as === 'word') return wordOf(value) ?? value.replace(/^.*\.k/, '');
  if (label !== 'url') return value;
  return (
    <>
      <span className={styles.address}>{value}</span>
      <CopyButton text={value} label={t('copyLink')} />
    </>
  );
}
