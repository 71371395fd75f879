import type { Random } from '../random';

export type Setting = 'customer' | 'group' | 'colleague' | 'internal';

/** What is sent besides plain words, as often as it stands here. `quote` and `unknown` are texts of a special form. */
const contents: Readonly<Record<Setting, string>> = {
  customer:
    'image*9 voice*6 file*5 quote*4 emotion*4 link*3 video*2 weapp*2 mixed location card chatrecord external_redpacket sphfeed voiptext qydiskfile meeting_voice_call voip_doc_share note aicard unknown',
  group:
    'image*7 emotion*3 file*3 quote*3 link*3 video*2 mixed*2 weapp*2 external_redpacket voice sphfeed solitaire chatrecord',
  colleague:
    'image*4 file*4 quote*3 chatrecord*2 docmsg*2 voice link todo calendar meeting meeting_notification note redpacket',
  internal:
    'markdown*3 image*2 file*2 quote*2 news meeting vote collect solitaire redpacket docmsg chatrecord calendar todo',
};

const cards = (text: string): string[] =>
  text.split(' ').flatMap((entry) => {
    const [type = '', count = '1'] = entry.split('*');
    return Array.from({ length: Number(count) }, () => type);
  });

/**
 * Kinds of messages, drawn as cards are: in random order, and each before any comes again. So a long enough talk holds
 * every kind there is.
 */
export function createDecks(random: Random) {
  const decks = new Map<Setting, string[]>();

  const shuffled = (all: string[]): string[] => random.sample(all, all.length);

  function draw(setting: Setting): string {
    const deck = decks.get(setting) ?? [];
    if (deck.length === 0) deck.push(...shuffled(cards(contents[setting])));
    decks.set(setting, deck);
    return deck.pop() ?? 'text';
  }

  return {
    /** Mostly words. Without anything before it nothing can be quoted. */
    next(setting: Setting, quotable: boolean): string {
      if (random.chance(0.7)) return 'text';
      const type = draw(setting);
      return type === 'quote' && !quotable ? 'text' : type;
    },
  };
}
