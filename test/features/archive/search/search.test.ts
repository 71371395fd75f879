import { createMessageSearch } from '../../../../src/features/archive/search';
import { holds } from '../../../../src/features/archive/search/tokens';
import { type Said, someCustomer } from '../../../support/archived';
import { aViewer } from '../../../support/viewers';
import { officer, searchAtTest } from './searching';

let at: Awaited<ReturnType<typeof searchAtTest>>;
beforeAll(async () => {
  at = await searchAtTest();
});
afterAll(() => at.close());

/** The same each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** One window ends here, and the next begins. */
const border = 2 ** 15;

describe('AR8 A13 two hundred planted queries', () => {
  const next = random(7);
  const signs = Array.from(
    '合同款项私下转账微信客户离职返点回扣报价发票订单明天后天今天我们你们公司老板同意签字付款定金',
  );
  const words = ['PO2026', 'iphone', 'Ａ级', 'VIP', '13800138000', 'rebate'];
  const marks = ['，', '。', ' ', '！', '\n', '😀'];
  const piece = () => {
    const kind = next(10);
    if (kind === 0) return ` ${words[next(words.length)]} `;
    return kind < 3 ? (marks[next(marks.length)] as string) : (signs[next(signs.length)] as string);
  };
  const texts = Array.from({ length: 1500 }, () => Array.from({ length: 4 + next(20) }, piece).join(''));
  const ids: number[] = [];

  beforeAll(async () => {
    const said = texts.map((text, i): Said => ({ text, from: i % 3 ? 'lin' : 'wang' }));
    // Over the border of a window, so that both are looked into.
    ids.push(...(await at.archive.say(said.slice(0, 700), border - 350)));
    ids.push(...(await at.archive.say(said.slice(700))));
  });

  /** By reading every text. */
  const expected = (wanted: string[], unwanted: string[] = []) =>
    ids
      .filter((_, i) => {
        const text = texts[i] as string;
        return wanted.every((term) => holds(text, term)) && !unwanted.some((term) => holds(text, term));
      })
      .sort((a, b) => b - a);

  const part = (length: number) => {
    for (;;) {
      const whole = Array.from((texts[next(texts.length)] as string).replace(/[\sA-Za-z0-9Ａ"]+/g, '！'));
      const term = whole.slice(next(whole.length)).slice(0, length).join('');
      if (/^\p{Script=Han}{2,}$/u.test(term) && Array.from(term).length === length) return term;
    }
  };

  /** Two words, one of letters or digits, or one of two, three or four characters. */
  function wantedOf(n: number): string[] {
    if (n % 5 === 0) return [part(2), part(2)];
    return n % 5 === 1 ? [words[n % words.length] as string] : [part(n % 5)];
  }

  it('are found each and every one, and nothing else, newest first', async () => {
    expect(await at.index.isReady()).toBe(true);
    for (let n = 0; n < 200; n++) {
      const wanted = wantedOf(n);
      const unwanted = n % 7 === 0 ? [part(2)] : [];
      const q = [...wanted.map((t) => (n % 2 ? `"${t}"` : t)), ...unwanted.map((t) => `-${t}`)].join(' ');
      expect({ q, ids: await at.ids({ q }) }).toEqual({ q, ids: expected(wanted, unwanted) });
    }
  });

  it('a page ends with a cursor that goes on where it ended, whatever is said meanwhile', async () => {
    const whole = await at.ids({ q: '合同' });
    const first = await at.find({ q: '合同' }, officer, 3);
    const [later] = await at.archive.say([{ text: '新的合同' }]);
    const rest = await at.all({ q: '合同', cursor: first.next_cursor ?? '' }, officer, 3);
    expect([...first.items, ...rest].map(({ id }) => Number(id))).toEqual(whole);
    expect((await at.ids({ q: '合同' }))[0]).toBe(later);
  });

  it('without the index the same is found by reading, and every page is bounded', async () => {
    const off = at.searchWith({ ...at.index, isReady: async () => false });
    const { items } = await off.find({ q: '合同', limit: 200 }, { viewer: officer, address: '' });
    expect(items.map(({ id }) => Number(id))).toEqual(await at.ids({ q: '合同' }));
  });
});

describe('A13 what is searched, and how it is shown', () => {
  it('file names, titles of links and cards, and what is nested; where it stands is told', async () => {
    const [file, link, nested] = await at.archive.say([
      { type: 'file', payload: { filename: '保密协议终稿.pdf', sdkfileid: 'x' } },
      { type: 'link', payload: { title: '看看这个', description: '保密协议模板', link_url: 'https://a.example/保密' } },
      {
        type: 'chatrecord',
        payload: {
          title: '聊天记录',
          item: [
            { type: 'ChatRecordText', content: JSON.stringify({ content: '在吗' }) },
            { type: 'ChatRecordText', content: JSON.stringify({ content: '请签保密协议，保密协议！' }) },
          ],
        },
      },
    ]);
    const items = await at.all({ q: '保密协议' });
    expect(items.map(({ id }) => Number(id))).toEqual([nested, link, file]);
    expect(items[0]?.highlights).toEqual([
      { path: 'item[1]', from: 2, to: 6 },
      { path: 'item[1]', from: 7, to: 11 },
    ]);
    // The second line of the texts of the message itself.
    const [range] = items[1]?.highlights ?? [];
    expect(range?.path).toBe('');
    expect(items[1]?.text.slice(range?.from, range?.to)).toBe('保密协议');
  });

  it('texts that are told later, such as those of QR codes, are found as well', async () => {
    const [id = 0] = await at.archive.say([{ type: 'image', payload: { sdkfileid: 'pic', filesize: 1 } }]);
    expect(await at.ids({ q: '扫码领取' })).toEqual([]);
    at.more.set(id, [{ path: '', text: '扫码领取红包' }]);
    await at.db.transact(() => at.index.addTexts(id, [{ path: '', text: '扫码领取红包' }]));
    expect(await at.ids({ q: '扫码领取' })).toEqual([id]);
    expect((await at.find({ q: '领取 红包' })).items[0]?.highlights).toEqual([{ path: '', from: 2, to: 6 }]);
  });

  it('wide letters, capitals and numbers are the same as plain ones; parts of a word are not the word', async () => {
    const [id] = await at.archive.say([{ text: '型号ＸＲ９０００已发货' }]);
    expect(await at.ids({ q: 'xr9000' })).toEqual([id]);
    expect(await at.ids({ q: 'XR9000 发货' })).toEqual([id]);
    expect(await at.ids({ q: 'xr90' })).toEqual([]);
  });

  it('what was purged is found no more, and the index stays whole', async () => {
    const [id = 0] = await at.archive.say([{ text: '这句话要清除掉' }]);
    await at.db.transact(async () => {
      await at.db.execute('DELETE FROM archive_body WHERE id = ?', [id]);
      await at.index.remove([id]);
    });
    expect(await at.ids({ q: '要清除掉' })).toEqual([]);
    const { messages, indexed } = await at.index.counts();
    expect(indexed).toBe(messages);
  });
});

describe('WCM-05 filters', () => {
  const other = 'wmTEST0000000000000000000000000002';
  let ids: number[];
  beforeAll(async () => {
    const day = (n: number) => new Date(Date.UTC(2026, 4, n, 4));
    ids = await at.archive.say([
      { text: '筛选甲', from: 'zhao', to: [other], at: day(1) },
      { text: '筛选乙', from: other, to: ['zhao'], at: day(2) },
      { text: '筛选丙', from: 'qian', to: ['zhao'], chat: 'wrG1', at: day(3) },
      {
        type: 'file',
        payload: { filename: '筛选.docx', sdkfileid: 'f' },
        from: 'qian',
        to: [someCustomer],
        at: day(4),
      },
    ]);
    await at.archive.say([{ type: 'revoke', recalls: `m${ids[0]}`, from: 'zhao', to: [other], at: day(5) }]);
    const now = new Date();
    for (const [id, userid] of [
      ['s-zhao', 'zhao'],
      ['s-qian', 'qian'],
    ] as const) {
      await at.db.execute(
        `INSERT INTO staff (id, userid, userid_key, name, status, direct_leaders, follows_external, created_at, updated_at)
         VALUES (?, ?, ?, ?, 'active', '[]', ?, ?, ?)`,
        [id, userid, userid, userid, true, now, now],
      );
    }
    for (const [id, parent] of [
      [1, null],
      [2, 1],
      [3, 2],
    ] as const) {
      await at.db.execute(
        'INSERT INTO department (id, name, parent_id, sort, leaders, updated_at) VALUES (?, ?, ?, 1, ?, ?)',
        [id, `d${id}`, parent, '[]', now],
      );
    }
    await at.db.execute('INSERT INTO staff_department (staff_id, department_id, is_leader) VALUES (?, ?, ?)', [
      ...['s-qian', 3],
      false,
    ]);
    await at.db.execute('INSERT INTO reporting_reach (superior_id, staff_id, until) VALUES (?, ?, NULL)', [
      ...['s-boss', 's-qian'],
    ]);
  });

  const of = (letters: string) => Array.from(letters, (letter) => ids['甲乙丙丁'.indexOf(letter)]);

  it.each([
    ['userid', { userid: 'zhao' }, '丙乙甲'],
    ['external_userid', { external_userid: other }, '乙甲'],
    ['chat_id', { chat_id: 'wrG1' }, '丙'],
    ['sender', { sender: 'qian' }, '丁丙'],
    ['type', { type: 'file' }, '丁'],
    ['has_media', { has_media: true }, '丁'],
    ['recalled', { recalled: true }, '甲'],
    ['not recalled', { recalled: false }, '丁丙乙'],
    ['department_id, from above', { department_id: 2 }, '丁丙'],
    ['from and to', { from: '2026-05-02', to: '2026-05-04' }, '丙乙'],
    ['a time before all of them', { to: '2026-05-01T04:00:00Z' }, ''],
  ])('%s', async (_, filter, letters) => {
    expect(await at.ids({ q: '筛选', ...filter })).toEqual(of(letters));
  });

  it('without words the filters alone', async () => {
    expect(await at.ids({ sender: 'qian' })).toEqual(of('丁丙'));
    expect(await at.ids({ external_userid: other, type: 'text' }, officer, 1)).toEqual(of('乙甲'));
  });

  it('S9 AR8 never a row outside the scope of who looks, by words or without', async () => {
    const boss = aViewer(['sales_manager'], { staffId: 's-boss', hasSuperior: true });
    expect(await at.ids({ q: '筛选' }, boss)).toEqual(of('丁丙'));
    expect(await at.ids({ q: '筛选', userid: 'zhao' }, boss)).toEqual(of('丙'));
    expect(await at.ids({ external_userid: other }, boss)).toEqual([]);
    const nobody = aViewer(['sales'], { staffId: 's-nobody', hasSuperior: true });
    expect(await at.ids({ q: '筛选' }, nobody)).toEqual([]);
    expect(await at.ids({}, nobody)).toEqual([]);
  });
});

describe('hostile input', () => {
  it.each(['钱', 'a', '😀', '"', '""', '-', '\ud800', '*', '   ', '！！', '好 合同'])('%j is refused', async (q) => {
    await expect(at.find({ q })).rejects.toMatchObject({ code: 'search.term_too_short', status: 422 });
  });

  it('only words to leave out, or too many words, are refused', async () => {
    await expect(at.find({ q: '-合同' })).rejects.toMatchObject({ code: 'search.only_exclusions' });
    await expect(at.find({ q: '合同 '.repeat(21) })).rejects.toMatchObject({ code: 'search.too_many_terms' });
  });

  it.each([
    '合同" OR tokens MATCH "x',
    'NEAR(合同 款项)',
    '合同* AND NOT 款项',
    "'; DROP TABLE archive_index; --",
    '+合同 ~款项 >签字 (付款)',
    'tokens:合同',
    '{合同}^2',
    '合同\ud83d',
    '合同\u0000款项',
    '%合同%',
  ])('%j is looked for as it stands', async (q) => {
    const outcome = await at.find({ q }).then(
      ({ items }) => items.every(({ text }) => holds(text, '合同')),
      ({ status }: { status: number }) => status === 422,
    );
    expect(outcome).toBe(true);
  });

  it('a text that looks like a query is found like any other', async () => {
    const [id] = await at.archive.say([{ text: '他说 NEAR(甲乙) "引号里" OR 1=1 --' }]);
    expect(await at.ids({ q: '引号里 near' })).toEqual([id]);
  });
});

describe('S16 A11 looking is recorded before anything is shown', () => {
  it('what was looked for, how many, and which', async () => {
    const [id] = await at.archive.say([{ text: '谁看过这一条呢' }]);
    await at.find({ q: '看过这一条', sender: 'lin' });
    const [row] = await at.db.query<{ action: string; detail: string }>(
      'SELECT action, detail FROM audit_event ORDER BY id DESC LIMIT 1',
    );
    expect(row?.action).toBe('archive.searched');
    expect(JSON.parse(row?.detail ?? '')).toEqual({ q: '看过这一条', sender: 'lin', count: 1, messages: [id] });
  });

  it('without the record there is no answer', async () => {
    const views = { show: async () => [], withinEach: async () => null };
    const record = async () => Promise.reject(new Error('the trail is full'));
    const blind = createMessageSearch({ db: at.db, reader: at.reader, views, index: at.index, audit: { record } });
    await expect(blind.find({ q: '合同', limit: 5 }, { viewer: officer, address: '' })).rejects.toThrow(
      'the trail is full',
    );
  });
});
