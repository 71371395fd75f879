import type { Maker, SinglePart } from './content';
import { exactJson, type Kit } from './kit';

type PartOf = (kind: SinglePart, kit: Kit) => object;

/** Messages that hold others. Each stands as JSON inside a text, so what is three deep is escaped three times. */
export const nestedContent = (partOf: PartOf): Record<string, Maker> => ({
  mixed: (kit) => ({
    mixed: {
      item: [
        { type: 'text', content: exactJson({ content: kit.text }) },
        { type: 'image', content: exactJson(partOf('image', kit)) },
      ],
    },
  }),

  note: (kit) => ({
    info: {
      items: [
        { msg_type: 'text', content: exactJson({ content: kit.text }) },
        { msg_type: 'file', content: exactJson(partOf('file', kit)) },
        { msg_type: 'location', content: exactJson(partOf('location', kit)) },
      ],
    },
  }),

  chatrecord: (kit) => ({ chatrecord: forwarded(kit, partOf) }),
});

/** A forwarded conversation that holds another one, which holds a mixed message. */
const forwarded = (kit: Kit, partOf: PartOf): object => ({
  title: '群聊的聊天记录',
  item: [
    record(kit, 'ChatRecordText', { content: kit.text }),
    record(kit, 'ChatRecordFile', partOf('file', kit)),
    record(kit, 'ChatRecordLink', partOf('link', kit)),
    record(kit, 'chatrecord', forwardedBefore(kit, partOf)),
  ],
});

const forwardedBefore = (kit: Kit, partOf: PartOf): object => ({
  title: '群聊的聊天记录',
  item: [
    record(kit, 'ChatRecordText', { content: '客户说先付定金' }),
    record(kit, 'ChatRecordMixed', {
      item: [part('Text', { content: '如图' }), part('Image', partOf('image', kit))],
    }),
    record(kit, 'ChatRecordVoice', partOf('voice', kit)),
  ],
});

const part = (type: string, content: object): object => ({ type: `ChatRecord${type}`, content: exactJson(content) });

const record = ({ at }: Kit, type: string, content: object): object => ({
  type,
  // Seconds, unlike msgtime of the message itself.
  msgtime: Math.floor(at.getTime() / 1000) - 600,
  content: exactJson(content),
  from_chatroom: true,
});
