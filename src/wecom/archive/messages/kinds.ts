import type { JsonObject } from '../../api/shape';
import type { Fields } from './fields';
import { splitQuote } from './quote';

/** A file that the archive can fetch. */
export interface MediaRef {
  file_id: string;
  /** As WeCom tells it; may be empty or wrong, so it decides nothing. */
  md5: string | null;
  /** In bytes, as WeCom tells it. */
  size: number | null;
  name: string | null;
}

/** Something inside a message that is a message of its own kind. */
export interface Nested {
  /** Below the message: `item[2]`. */
  path: string;
  type: string;
  payload: JsonObject;
  sent_at: Date | null;
}

/** How one kind of message is read (wecom-archive §§4.2, 4.3). */
export interface Kind {
  /** Where its content stands, when not under the name of its kind. */
  under?: string;
  /** What is shown and returned, in our words. */
  body: (fields: Fields) => Record<string, unknown>;
  /** What can be searched and scanned, a line each. */
  texts?: (fields: Fields) => string[];
  media?: (fields: Fields) => MediaRef;
  /** Lists of nested messages: the field, and the fields of kind and content in each. */
  nested?: { list: string; type: string };
}

const media =
  (size = 'filesize') =>
  (f: Fields): MediaRef => ({
    file_id: f.text('sdkfileid'),
    md5: f.textOrNull('md5sum'),
    size: f.number(size),
    name: f.textOrNull('filename'),
  });

const redpacket: Kind = {
  body: (f) => ({
    kind: f.number('type'),
    wish: f.text('wish'),
    count: f.number('totalcnt'),
    amount: f.number('totalamount'),
    currency: 'CNY',
  }),
  texts: (f) => [f.text('wish')],
};

const answerOf = (time: string): Kind => ({
  body: (f) => ({ external_userid: f.text('userid'), at: f.instant(time) }),
});

/** Every kind there is. What is not here is kept as it came. */
export const kinds: Readonly<Record<string, Kind>> = {
  text: {
    body: (f) => ({ text: f.text('content'), quote: splitQuote(f.text('content')) }),
    texts: (f) => [f.text('content')],
  },
  image: { body: (f) => ({ size: f.number('filesize') }), media: media() },
  revoke: { body: (f) => ({ msgid: f.text('pre_msgid') }) },
  agree: answerOf('agree_time'),
  disagree: answerOf('disagree_time'),
  voice: {
    body: (f) => ({ size: f.number('voice_size'), seconds: f.number('play_length') }),
    media: media('voice_size'),
  },
  video: { body: (f) => ({ size: f.number('filesize'), seconds: f.number('play_length') }), media: media() },
  card: {
    body: (f) => ({ corp_name: f.text('corpname'), person: f.text('userid') }),
    texts: (f) => [f.text('corpname')],
  },
  location: {
    body: (f) => ({
      longitude: f.number('longitude'),
      latitude: f.number('latitude'),
      address: f.text('address'),
      title: f.text('title'),
      zoom: f.number('zoom'),
    }),
    texts: (f) => [f.text('title'), f.text('address')],
  },
  emotion: {
    body: (f) => ({
      format: f.number('type') === 1 ? 'gif' : 'png',
      width: f.number('width'),
      height: f.number('height'),
      size: f.number('imagesize'),
    }),
    media: media('imagesize'),
  },
  file: {
    body: (f) => ({ name: f.text('filename'), extension: f.text('fileext'), size: f.number('filesize') }),
    texts: (f) => [f.text('filename')],
    media: media(),
  },
  link: {
    body: (f) => ({
      title: f.text('title'),
      description: f.text('description'),
      url: f.text('link_url'),
      image_url: f.text('image_url'),
    }),
    texts: (f) => [f.text('title'), f.text('description'), f.text('link_url')],
  },
  weapp: {
    body: (f) => ({
      title: f.text('title'),
      description: f.text('description'),
      name: f.text('displayname'),
      username: f.text('username'),
      app_id: f.textOrNull('appid'),
      page: f.text('pagepath'),
    }),
    texts: (f) => [f.text('title'), f.text('description'), f.text('displayname')],
  },
  chatrecord: {
    body: (f) => ({ title: f.text('title') }),
    texts: (f) => [f.text('title')],
    nested: { list: 'item', type: 'type' },
  },
  mixed: { body: () => ({}), nested: { list: 'item', type: 'type' } },
  note: { under: 'info', body: () => ({}), nested: { list: 'items', type: 'msg_type' } },
  todo: {
    body: (f) => ({ title: f.text('title'), text: f.text('content') }),
    texts: (f) => [f.text('title'), f.text('content')],
  },
  vote: {
    body: (f) => ({
      title: f.text('votetitle'),
      options: f.texts('voteitem'),
      takes_part: f.number('votetype') === 102,
      vote_id: f.text('voteid'),
    }),
    texts: (f) => [f.text('votetitle'), ...f.texts('voteitem')],
  },
  collect: {
    body: (f) => ({
      group_name: f.text('room_name'),
      creator: f.text('creator'),
      // The vendor's own clock reading; it names no zone.
      created: f.text('create_time'),
      title: f.text('title'),
      questions: f.objects('details').map((d) => ({ id: String(d.id ?? ''), text: d.ques, type: d.type })),
    }),
    texts: (f) => [f.text('title'), ...f.objects('details').map((d) => String(d.ques ?? ''))],
  },
  redpacket,
  external_redpacket: { ...redpacket, under: 'redpacket' },
  meeting: {
    body: (f) => ({
      topic: f.text('topic'),
      starts_at: f.instant('starttime'),
      ends_at: f.instant('endtime'),
      address: f.text('address'),
      remarks: f.text('remarks'),
      meeting_id: f.digits('meetingid'),
      // Older records: 101 an invitation, 102 an answer with its status.
      kind: f.number('meetingtype'),
      status: f.number('status'),
    }),
    texts: (f) => [f.text('topic'), f.text('address'), f.text('remarks')],
  },
  meeting_notification: {
    under: 'info',
    body: (f) => ({
      text: f.text('content'),
      meeting_id: f.digits('meeting_id'),
      ended: f.number('notification_type') === 2,
    }),
    texts: (f) => [f.text('content')],
  },
  docmsg: {
    under: 'doc',
    body: (f) => ({ title: f.text('title'), url: f.text('link_url'), creator: f.text('doc_creator') }),
    texts: (f) => [f.text('title'), f.text('link_url')],
  },
  markdown: { under: 'info', body: (f) => ({ text: f.text('content') }), texts: (f) => [f.text('content')] },
  news: {
    under: 'info',
    body: (f) => ({
      articles: f.objects('item').map(({ title, description, url, picurl }) => ({
        ...{ title, description, url },
        image_url: picurl,
      })),
    }),
    texts: (f) => f.objects('item').flatMap((a) => [a.title, a.description, a.url].map((t) => String(t ?? ''))),
  },
  calendar: {
    body: (f) => ({
      title: f.text('title'),
      creator: f.text('creatorname'),
      attendees: f.texts('attendeename'),
      starts_at: f.instant('starttime'),
      ends_at: f.instant('endtime'),
      place: f.text('place'),
      remarks: f.text('remarks'),
    }),
    texts: (f) => [f.text('title'), f.text('place'), f.text('remarks')],
  },
  meeting_voice_call: {
    body: (f) => ({
      ends_at: f.instant('endtime'),
      files: f.objects('demofiledata').map((d) => ({ name: d.filename, operator: d.demooperator })),
      screens: f.objects('sharescreendata').map((d) => ({ shared_by: d.share })),
    }),
    texts: (f) => f.objects('demofiledata').map((d) => String(d.filename ?? '')),
    media: media(),
  },
  voip_doc_share: {
    body: (f) => ({ name: f.text('filename'), size: f.digits('filesize') }),
    texts: (f) => [f.text('filename')],
    media: media(),
  },
  sphfeed: {
    body: (f) => ({ kind: f.number('feed_type'), channel: f.text('sph_name'), text: f.text('feed_desc') }),
    texts: (f) => [f.text('sph_name'), f.text('feed_desc')],
  },
  voiptext: {
    under: 'info',
    body: (f) => ({ seconds: f.number('callduration'), kind: f.number('invitetype') }),
  },
  qydiskfile: {
    under: 'info',
    body: (f) => ({ name: f.text('filename'), url: f.text('url') }),
    texts: (f) => [f.text('filename')],
  },
  solitaire: {
    under: 'info',
    body: (f) => ({ joins: f.number('solitaire_type') === 102, text: f.text('solitaire_content') }),
    texts: (f) => [f.text('solitaire_content')],
  },
};
