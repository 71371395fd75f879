import { type Detail, detailOf, listFrom, textOf } from '../../lib/detail';

/** One line of a card. What is not plain text says what it is, so that the reader's language and zone decide its words. */
export interface CardLine {
  /** Key in `messages.field`. */
  label: string;
  value: string;
  as?: 'instant' | 'seconds' | 'yuan' | 'person' | 'word';
}

export interface Card {
  title: string;
  lines: CardLine[];
}

const line = (label: string, value: unknown, as?: CardLine['as']): CardLine => ({
  ...{ label, value: listFrom(value).join(' · ') },
  ...(as ? { as } : {}),
});

/** A number of WeCom's as the key of a text: `packet.k2`. */
const word = (label: string, area: string, code: unknown): CardLine =>
  line(label, code === null || code === undefined ? '' : `${area}.k${textOf(code)}`, 'word');

const yuan = (fen: unknown): string => (typeof fen === 'number' ? (fen / 100).toFixed(2) : '');

const packet = (b: Detail): Card => ({
  title: textOf(b.wish),
  lines: [line('amount', yuan(b.amount), 'yuan'), line('count', b.count), word('packet', 'packet', b.kind)],
});

const coordinates = (b: Detail): string =>
  typeof b.latitude === 'number' && typeof b.longitude === 'number' ? `${b.latitude}, ${b.longitude}` : '';

/** The texts of a list of objects, such as the questions of a form. */
const each = (list: unknown, field: string): string[] =>
  Array.isArray(list) ? list.map((entry) => textOf(detailOf(entry)[field])).filter(Boolean) : [];

/** What stands on a message that is a card, by its kind; the field names are those of the API. */
export const cards: Readonly<Record<string, (body: Detail) => Card>> = {
  card: (b) => ({
    title: textOf(b.corp_name),
    lines: [line('person', b.person, 'person')],
  }),
  location: (b) => ({
    title: textOf(b.title),
    lines: [line('address', b.address), line('place', coordinates(b))],
  }),
  link: (b) => ({ title: textOf(b.title), lines: [line('description', b.description), line('url', b.url)] }),
  weapp: (b) => ({
    title: textOf(b.title),
    lines: [line('description', b.description), line('app', b.name), line('page', b.page)],
  }),
  todo: (b) => ({ title: textOf(b.title), lines: [line('description', b.text)] }),
  vote: (b) => ({ title: textOf(b.title), lines: [line('options', b.options)] }),
  collect: (b) => ({
    title: textOf(b.title),
    lines: [line('questions', each(b.questions, 'text')), line('group', b.group_name), line('creator', b.creator)],
  }),
  redpacket: packet,
  external_redpacket: packet,
  meeting: (b) => ({
    title: textOf(b.topic),
    lines: [
      line('starts', b.starts_at, 'instant'),
      line('ends', b.ends_at, 'instant'),
      line('address', b.address),
      line('remarks', b.remarks),
      line('meetingId', b.meeting_id),
      word('answer', 'meetingStatus', b.status),
    ],
  }),
  meeting_notification: (b) => ({ title: textOf(b.text), lines: [line('meetingId', b.meeting_id)] }),
  docmsg: (b) => ({ title: textOf(b.title), lines: [line('creator', b.creator), line('url', b.url)] }),
  calendar: (b) => ({
    title: textOf(b.title),
    lines: [
      line('starts', b.starts_at, 'instant'),
      line('ends', b.ends_at, 'instant'),
      line('address', b.place),
      line('creator', b.creator),
      line('attendees', b.attendees),
      line('remarks', b.remarks),
    ],
  }),
  meeting_voice_call: (b) => ({
    title: '',
    lines: [
      line('ends', b.ends_at, 'instant'),
      line('files', each(b.files, 'name')),
      line('screens', each(b.screens, 'shared_by')),
    ],
  }),
  sphfeed: (b) => ({
    title: textOf(b.text),
    lines: [line('channel', b.channel), word('form', 'feed', b.kind)],
  }),
  voiptext: (b) => ({
    title: '',
    lines: [word('form', 'call', b.kind), line('length', b.seconds, 'seconds')],
  }),
  qydiskfile: (b) => ({ title: textOf(b.name), lines: [line('url', b.url)] }),
  solitaire: (b) => ({ title: '', lines: [line('description', b.text)] }),
};

/** The articles of a message that holds several. */
export const articlesOf = (body: Detail): Card[] =>
  (Array.isArray(body.articles) ? body.articles : []).map((article) => {
    const { title, description, url } = detailOf(article);
    return { title: textOf(title), lines: [line('description', description), line('url', url)] };
  });
