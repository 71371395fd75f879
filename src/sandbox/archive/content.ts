import { documentNames, linkTitles, placeNames, wishes } from '../world/phrases';
import { extensionOf, isAnimated, secondsOf } from './files';
import type { Kit } from './kit';
import { nestedContent } from './nested';
import { workContent } from './work';

/** The fields of a message besides its head: field names, misspellings and all, are WeCom's (wecom-archive §§4.2, 4.3). */
export type Maker = (kit: Kit) => Record<string, unknown>;

const image = (kit: Kit) => {
  const { sdkfileid, md5sum, size } = kit.attach('picture');
  return { md5sum, filesize: size, sdkfileid };
};

const file = (kit: Kit) => {
  const { file: attached, sdkfileid, md5sum, size } = kit.attach('document');
  const fileext = extensionOf(attached);
  const filename = `${kit.random.pick(documentNames)}${attached.number}.${fileext}`;
  return { md5sum, filename, fileext, filesize: size, sdkfileid };
};

const voice = (kit: Kit) => {
  const { file: attached, sdkfileid, md5sum, size } = kit.attach('voice');
  // WeCom leaves the hash of a voice out now and then.
  const told = attached.number % 3 === 0 ? '' : md5sum;
  return { md5sum: told, voice_size: size, play_length: secondsOf(attached), sdkfileid };
};

const video = (kit: Kit) => {
  const { file: attached, sdkfileid, md5sum, size } = kit.attach('video');
  return { md5sum, filesize: size, play_length: secondsOf(attached), sdkfileid };
};

const emotion = (kit: Kit) => {
  const { file: attached, sdkfileid, md5sum, size } = kit.attach('sticker');
  return { type: isAnimated(attached) ? 1 : 2, width: 48, height: 48, imagesize: size, md5sum, sdkfileid };
};

const location = ({ random }: Kit) => ({
  longitude: random.between(1_120_000, 1_219_999) / 10_000,
  latitude: random.between(230_000, 399_999) / 10_000,
  address: `示例市示例区示例路 ${random.between(1, 300)} 号`,
  title: random.pick(placeNames),
  zoom: 15,
});

const link = ({ random }: Kit) => ({
  title: random.pick(linkTitles),
  description: '详情见页面',
  link_url: `https://example.com/a/${random.between(1, 999)}`,
  image_url: 'https://example.com/a.jpg',
});

const redpacket = ({ random }: Kit) => ({
  type: random.between(1, 2),
  wish: random.pick(wishes),
  totalcnt: random.between(1, 5),
  totalamount: random.between(1, 200) * 100,
});

/** A call between colleagues and customers: WeCom writes no roomid there. */
const meetingVoiceCall: Maker = (kit) => {
  const recording = kit.attach('recording');
  const began = Math.floor(kit.at.getTime() / 1000);
  const endtime = began + secondsOf(recording.file);
  return {
    roomid: undefined,
    voiceid: `gr${kit.random.id('', 12)}`,
    meeting_voice_call: {
      endtime,
      sdkfileid: recording.sdkfileid,
      demofiledata: [
        { filename: '实施方案.docx', demooperator: kit.speaker, starttime: began + 5, endtime: began + 15 },
      ],
      sharescreendata: [{ share: kit.speaker, starttime: began + 16, endtime }],
    },
  };
};

const voipDocShare: Maker = (kit) => {
  const { sdkfileid, md5sum, size } = kit.attach('document');
  return {
    roomid: undefined,
    voipid: `gr${kit.random.id('', 12)}`,
    voip_doc_share: { filename: '合同草案.pdf', md5sum, filesize: BigInt(size), sdkfileid },
  };
};

const asking: Record<string, Maker> = {
  agree: (kit) => ({ agree: { userid: kit.speaker, agree_time: kit.at.getTime() } }),
  disagree: (kit) => ({ disagree: { userid: kit.speaker, disagree_time: kit.at.getTime() } }),
};

const talking: Record<string, Maker> = {
  text: ({ text }) => ({ text: { content: text } }),
  image: (kit) => ({ image: image(kit) }),
  voice: (kit) => ({ voice: voice(kit) }),
  video: (kit) => ({ video: video(kit) }),
  emotion: (kit) => ({ emotion: emotion(kit) }),
  file: (kit) => ({ file: file(kit) }),
  location: (kit) => ({ location: location(kit) }),
  link: (kit) => ({ link: link(kit) }),
  card: ({ random }) => ({ card: { corpname: '微信联系人', userid: random.id('wm') } }),
  weapp: ({ random }) => ({
    weapp: {
      title: '选购商品',
      description: '示例商城',
      username: 'gh_demo000001@app',
      displayname: '示例商城',
      appid: 'wxdemo0000000001',
      pagepath: `pages/goods/${random.between(1, 99)}`,
    },
  }),
  redpacket: (kit) => ({ redpacket: redpacket(kit) }),
  external_redpacket: (kit) => ({ redpacket: redpacket(kit) }),
  sphfeed: ({ random }) => ({
    sphfeed: { feed_type: random.pick([2, 4, 9]), sph_name: '晨星智联', feed_desc: random.pick(linkTitles) },
  }),
  voiptext: ({ random }) => ({ info: { callduration: random.between(5, 900), invitetype: random.between(1, 4) } }),
  qydiskfile: ({ random }) => ({
    info: { filename: `${random.pick(documentNames)}.pdf`, url: `https://drive.example.com/s?k=${random.hex(8)}` },
  }),
  meeting_voice_call: meetingVoiceCall,
  voip_doc_share: voipDocShare,
  /** A kind that came after this was written. */
  aicard: ({ text }) => ({ aicard: { title: '智能卡片', summary: text } }),
};

const single = { image, file, voice, video, link, location };
export type SinglePart = keyof typeof single;
/** The bare content of a kind that others can hold. */
export const partOf = (kind: SinglePart, kit: Kit): object => single[kind](kit);

const makers: Readonly<Record<string, Maker>> = { ...talking, ...asking, ...workContent, ...nestedContent(partOf) };

/** Every msgtype that people can send, and one nobody has heard of. */
export const messageTypes: readonly string[] = Object.keys(makers);

export const makerOf = (type: string): Maker | undefined => (Object.hasOwn(makers, type) ? makers[type] : undefined);
