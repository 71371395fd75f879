import {
  type Matcher,
  qrClasses,
  qrClassOf,
  type RuleHit,
  type Subject,
} from '../../../../../src/features/risk/rules/engine';
import { aPart, aRule, foundBy, judgeOf, valuesFoundBy } from './judging';

describe('QR codes, cards, links, mini-programs, red packets and files (violations §4.1)', () => {
  it.each([
    ['wxp://f2f0abc', 'wechat_pay'],
    ['WXP://WBF2F0abc', 'wechat_pay'],
    ['https://qr.alipay.com/fkx1', 'alipay'],
    ['HTTPS://QR.ALIPAY.COM/FKX1', 'alipay'],
    ['https://u.wechat.com/abc', 'wechat_person'],
    ['https://weixin.qq.com/g/abc', 'wechat_group'],
    ['http://weixin.qq.com/g/abc', 'wechat_group'],
    ['https://work.weixin.qq.com/ca/abc', 'wecom'],
    ['https://qr.95516.com/00010000/62', 'unionpay'],
    ['https://demo.example/qr.alipay.com/', 'other'],
  ])('VIO-4.1 the QR code %s is %s', (code, what) => {
    expect(qrClassOf(code)).toBe(what);
    const part = aPart('', { type: 'image', codes: ['https://other.example/', code] });
    expect(foundBy({ kind: 'qr', classes: [qrClassOf(code)], allowed: ['other.example'] }, part)).toEqual([what]);
    expect(foundBy({ kind: 'qr', classes: qrClasses, allowed: [code.slice(0, 14), 'other.example'] }, part)).toEqual(
      [],
    );
  });

  it('VIO-4.1 the card of somebody who is neither staff nor allowed', () => {
    const card = (person: string, corp_name: string) => aPart(corp_name, { type: 'card', body: { person, corp_name } });
    const matcher: Matcher = { kind: 'card', allowed: ['合作伙伴公司', 'partner-1'] };
    expect(valuesFoundBy(matcher, card('zhang', '微信联系人'))).toEqual(['zhang']);
    expect(valuesFoundBy(matcher, card('', '微信联系人'))).toEqual([null]);
    for (const ours of [card('staff-li', '微信'), card('x', ' 合作伙伴公司'), card('partner-1', '别家')])
      expect(valuesFoundBy(matcher, ours)).toEqual([]);
    expect(valuesFoundBy(matcher, aPart('zhang', { body: { person: 'zhang' } }))).toEqual([]);
  });

  it('VIO-4.1 links to hosts that are not allowed, in texts and bodies of every kind', () => {
    const matcher: Matcher = { kind: 'link', allowed: ['mall.example', 'https://ok.example/'] };
    const hosts = (text: string, more = {}) =>
      judgeOf(aRule([matcher]))({ sender: 'staff', parts: [aPart(text, more)] }).map(({ what, span }) => [
        what,
        span && text.slice(span.from, span.to),
      ]);
    expect(hosts('看https://a.mall.example/x 和 HTTPS://Evil.example/y，谢谢')).toEqual([
      ['evil.example', 'HTTPS://Evil.example/y'],
    ]);
    expect(hosts('https://mall.example@evil.example/ https://notmall.example/')).toEqual([
      ['evil.example', 'https://mall.example@evil.example/'],
      ['notmall.example', 'https://notmall.example/'],
    ]);
    expect(hosts('去ｗｗｗ.evil.com/a吧。evil.top! ok.example')).toEqual([
      ['www.evil.com', 'ｗｗｗ.evil.com/a'],
      ['evil.top', 'evil.top'],
    ]);
    expect(hosts('a@evil.com 报价.xlsx v1.2.3 3.5kg e.g. done')).toEqual([]);
    expect(hosts('', { type: 'qydiskfile', body: { url: 'https://pan.example/1' } })).toEqual([['pan.example', null]]);
    const news = {
      type: 'news',
      body: { articles: [{ url: 'https://mall.example/' }, { url: 'https://news.example/' }] },
    };
    expect(hosts('', news)).toEqual([['news.example', null]]);
  });

  it('VIO-4.1 mini-programs that are not ours, by any of their names', () => {
    const matcher: Matcher = { kind: 'mini_program', allowed: ['wxAPP1', 'gh_ours@app', '我们的商城'] };
    const weapp = (body: Record<string, unknown>) => aPart('', { type: 'weapp', body });
    expect(valuesFoundBy(matcher, weapp({ app_id: 'wxapp2', username: 'gh_x@app', name: '别家' }))).toEqual(['wxapp2']);
    expect(foundBy(matcher, weapp({ app_id: null, username: 'gh_x@app', name: '别家' }))).toEqual(['别家']);
    for (const ours of [{ app_id: 'wxapp1' }, { app_id: null, username: 'gh_ours@app' }, { name: '我们的商城' }])
      expect(foundBy(matcher, weapp(ours))).toEqual([]);
  });

  it('VIO-4.1 red packets by amount and direction', () => {
    const rules = [
      aRule([{ kind: 'red_packet', least: 20_000 }], { saidBy: 'staff' }),
      aRule([{ kind: 'red_packet', least: 1 }], { saidBy: 'external' }),
    ];
    const hits = (sender: Subject['sender'], type: string, amount: number | null) =>
      judgeOf(...rules)({ sender, parts: [aPart('恭喜发财', { type, body: { amount } })] }).map(({ rule }) => rule);
    expect(hits('staff', 'redpacket', 20_000)).toEqual([0]);
    expect(hits('staff', 'external_redpacket', 19_999)).toEqual([]);
    expect(hits('external', 'external_redpacket', 100)).toEqual([1]);
    expect(hits('external', 'redpacket', null)).toEqual([]);
    expect(hits('external', 'text', 100)).toEqual([]);
    expect(hits('robot', 'redpacket', 50_000)).toEqual([]);
  });

  it('VIO-4.1 files by a word in their name, and whatever has a known content', () => {
    const matcher: Matcher = { kind: 'file', names: ['客户名单', '底价'], md5s: ['0CC175B9C0F1B6A831C399E269772661'] };
    expect(foundBy(matcher, aPart('华东客户名单.xlsx', { type: 'file' }))).toEqual(['客户名单 客户名单']);
    expect(foundBy(matcher, aPart('客户名单发你了'))).toEqual([]);
    const known = '0cc175b9c0f1b6a831c399e269772661';
    expect(foundBy(matcher, aPart('', { type: 'image', md5: known }))).toEqual(['md5']);
    expect(foundBy(matcher, aPart('', { type: 'file', md5: `1${known.slice(1)}` }))).toEqual([]);
  });

  it('tells rule, matcher and path of every hit, in this order', () => {
    const rules = [
      aRule([
        { kind: 'red_packet', least: 1 },
        { kind: 'words', words: ['回扣'], fuzzy: true },
      ]),
      aRule([{ kind: 'words', words: ['回扣'], fuzzy: false }], { saidBy: 'external' }),
    ];
    const parts = [aPart('回扣'), aPart('有回扣', { path: 'item[0].item[2]' })];
    const told = ({ rule, matcher, path }: RuleHit) => `${rule} ${matcher} ${path}`;
    expect(judgeOf(...rules)({ sender: 'staff', parts }).map(told)).toEqual(['0 1 ', '0 1 item[0].item[2]']);
    expect(judgeOf(...rules)({ sender: 'external', parts }).map(told)).toEqual([
      '0 1 ',
      '1 0 ',
      '0 1 item[0].item[2]',
      '1 0 item[0].item[2]',
    ]);
  });
});
