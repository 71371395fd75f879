import type { Mirror } from '../mirror';
import type { notices as zh } from '../zh-CN/notices';

export const notices: Mirror<typeof zh> = {
  title: 'Archive notices',
  note: 'What the company tells its staff of the archive; each confirms for themselves',
  empty: 'No notice was published yet',
  emptyHint: 'Once a compliance officer publishes one, every member of staff reads and confirms it here.',
  published: 'Published',
  mine: 'Confirmed by you',
  confirm: 'I have read and understood this',
  confirmHint: 'Your confirmation goes into the audit trail. Nobody can give it for you.',
  thanks: 'Your confirmation is recorded',
  confirmedBy: '{{count}} confirmed',
  confirmedTab: { false: 'Not confirmed', true: 'Confirmed' },
  nobody: { false: 'All serving staff have confirmed', true: 'Nobody has confirmed yet' },
  more: 'Show more',
  publish: 'Publish a notice',
  publishNow: 'Publish',
  done: 'Published',
  heading: 'Title',
  content: 'Text',
  contentHint:
    'It cannot be changed afterwards: these are the words people confirm. For a change, publish another notice.',
  template: {
    title: 'About the archive of WeCom conversations',
    content:
      'The company has turned on the archive of WeCom conversations. What you write with customers and colleagues in WeCom (texts, pictures, voice, files and so on) is kept, encrypted.\n\nWhy: to meet regulatory duties, and to protect the rights of customers and the company.\nWho: staff with an archive seat; people outside must agree themselves.\nWho reads it: compliance officers and external auditors only, and every look is recorded.\nHow long: as the company’s retention rules say; then it is destroyed.\n\nDo not use private accounts or other channels for business with customers. If you have questions, ask the compliance department.',
  },
};
