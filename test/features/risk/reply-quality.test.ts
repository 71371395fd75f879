import { workingCalendar } from '../../../src/features/kernel/calendar/calendar';
import {
  createQuestionReader,
  figuresOf,
  type Question,
  spanOf,
} from '../../../src/features/risk/reply-quality/questions';

const office = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const calendar = workingCalendar({ weekdays: [[], office, office, office, office, office, []], special: [] });

/** Of Monday, the second of March, by the clock of Shanghai. */
const at = (time: string, day = '02'): Date => new Date(`2026-03-${day}T${time}:00+08:00`);

/** `c 09:00`: the customer writes; `s`: the member of staff does. @returns from when to when somebody waited */
function asked(talk: string, waiting: string[] = []): string[] {
  const reader = createQuestionReader(new Set(waiting));
  for (const word of talk.split(', ').filter(Boolean)) {
    const [who, time = ''] = word.split(' ');
    reader.read({ conversationId: 'one', userid: 'lin', at: at(time), byStaff: who === 's' });
  }
  const timeOf = (one: Date | null) => (one ? new Date(one.getTime() + 28_800_000).toISOString().slice(11, 16) : '-');
  return reader.asked.map(({ askedAt, answeredAt }) => `${timeOf(askedAt)} ${timeOf(answeredAt)}`);
}

test.each([
  ['nothing is said', '', [], []],
  ['staff begin', 's 09:00, s 09:05', [], []],
  ['asked and answered', 'c 09:00, s 09:10', [], ['09:00 09:10']],
  ['asked three times, answered once', 'c 09:00, c 09:05, c 09:20, s 09:30, s 09:31', [], ['09:00 09:30']],
  ['two questions', 'c 09:00, s 09:10, c 10:00, s 10:01', [], ['09:00 09:10', '10:00 10:01']],
  ['never answered', 's 08:00, c 09:00, c 09:10', [], ['09:00 -']],
  ['asked the day before', 'c 09:00, s 09:10, c 10:00', ['one'], ['10:00 -']],
])('WCM-02 questions and their answers: %s', (_, talk, waiting: string[], expected: string[]) => {
  expect(asked(talk, waiting)).toEqual(expected);
});

const question = (askedAt: Date, answeredAt: Date | null): Question => ({
  ...{ conversationId: 'one', userid: 'lin', askedAt, answeredAt },
});

test('WCM-02 first replies are counted in working time; what is asked at night is due from the next opening', () => {
  const questions = [
    question(at('09:00'), at('09:20')),
    question(at('11:50'), at('14:00')),
    question(at('17:50'), at('09:25', '03')),
    question(at('22:00'), at('22:05')),
    question(at('16:00'), null),
  ];
  const figures = figuresOf(questions, spanOf('2026-03-02'), { calendar, targetMs: 1_800_000 });
  expect(figures).toEqual({
    ...{ questions: 5, answered: 4, withinTarget: 2, outOfHours: 1, unansweredAtEnd: 2 },
    wallSeconds: 20 * 60 + 130 * 60 + (15 * 60 + 35) * 60 + 300,
    workingSeconds: [0, 1200, 2100, 2400],
  });
});

test('WCM-02 a clock that is behind makes nobody faster than at once', () => {
  const figures = figuresOf([question(at('09:20'), at('09:19'))], spanOf('2026-03-02'), { calendar, targetMs: 1 });
  expect([figures.wallSeconds, figures.workingSeconds]).toEqual([0, [0]]);
});
