import { identifierClasses, type Matcher } from '../../../../../src/features/risk/rules/engine';
import { foundBy, valuesFoundBy } from './judging';

const all: Matcher = { kind: 'identifier', classes: identifierClasses, allowed: [] };
const only = (kind: (typeof identifierClasses)[number], allowed: string[] = []): Matcher => ({
  ...{ kind: 'identifier', classes: [kind], allowed },
});

describe('identifiers (violations §4.2)', () => {
  it.each([
    '13800138000',
    '１３８００１３８０００',
    '138 0013 8000',
    '138-0013-8000',
    '一三八零零一三八零零零',
    '幺三八〇〇幺三八〇〇〇',
    '1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣',
    '+86 13800138000',
    '8613800138000',
    '①③⑧00①③⑧000',
    '❶❸❽00❶❸❽000',
    '138\u200b0013\u200b8000',
    '138😀0013😀8000',
    '1 3 8 0 0 1 3 8 0 0 0',
    '138，0013，8000',
    '138·0013·8000',
    '第一13800138000',
    '打13800138000，或者13800138000😀2',
  ])('VIO-4.2 a mobile: %s', (text) => {
    expect(valuesFoundBy(only('mobile'), text)).toContain('13800138000');
    expect(valuesFoundBy(all, text)[0]).toBe('13800138000');
  });

  it.each([
    '订单号 20251380013800012',
    '12800138000',
    '400-820-8820',
    '单号138001380001',
    '下单13件，8001套，3800元0',
    '139.155.120.11',
    '13,800,138,000',
    '2025-03-15 1030 25648',
    '6222 0213 8001 3800 019',
  ])('VIO-4.2 no mobile: %s', (text) => {
    expect(valuesFoundBy(only('mobile'), text)).toEqual([]);
  });

  it.each([
    ['6222020000000000018', '6222020000000000018'],
    ['6222 0200 0000 0000 018', '6222020000000000018'],
    ['卡号6222-0200-0000-0000-018谢谢', '6222020000000000018'],
    ['6222020000000000018 13800138000', '6222020000000000018'],
    ['六二二二〇二〇〇〇〇〇〇〇〇〇〇〇一八', '6222020000000000018'],
  ])('VIO-4.2 a bank card: %s', (text, value) => {
    expect(valuesFoundBy(only('bank_card'), text)).toEqual([value]);
  });

  it.each([
    '6222020000000000011',
    '7300123412341234',
    '4200001234202501011234567890',
    '110101199003074514',
    '42000012342025010112345678906222020000000000018',
  ])('VIO-4.2 no bank card: %s', (text) => {
    expect(valuesFoundBy(only('bank_card'), text)).toEqual([]);
  });

  it.each([
    ['110101199003074514', '110101199003074514'],
    ['身份证110101 19900307 4514', '110101199003074514'],
    ['11010519491231002X', '11010519491231002x'],
  ])('VIO-4.2 an id number: %s', (text, value) => {
    expect(valuesFoundBy(all, text)).toEqual([value]);
  });

  it.each(['110101199003074511', '11010119901307451X', '1101051949123100'])('VIO-4.2 no id number: %s', (text) => {
    expect(valuesFoundBy(only('id_card'), text)).toEqual([]);
  });

  it.each([
    ['加我微信：zhang_san88', 'zhang_san88'],
    ['vx：13800138000', '13800138000'],
    ['薇信号 li-si-2020', 'li-si-2020'],
    ['加V abc12345', 'abc12345'],
    ['v信是demo_0001', 'demo_0001'],
    ['加我微信 zhangsan', 'zhangsan'],
    ['威信:Zhang_San88', 'zhang_san88'],
    ['我的是 wxid_abcd1234efgh', 'wxid_abcd1234efgh'],
    ['微信一三八零零一三八零零零', '13800138000'],
    ['wеchat: zhang_san88', 'zhang_san88'],
  ])('VIO-4.2 a WeChat id: %s', (text, value) => {
    expect(valuesFoundBy(only('wechat_id'), text)).toEqual([value]);
  });

  it.each([
    '微信支付成功',
    'wxwork',
    '我们的微信小程序 mall',
    'wxworkbench1',
    '微信 payment',
    '微信：https://a.example/',
  ])('VIO-4.2 no WeChat id: %s', (text) => {
    expect(valuesFoundBy(only('wechat_id'), text)).toEqual([]);
  });

  it('VIO-4.2 mail addresses, but for those of the company and below', () => {
    const text = '发到 Li.Si@mail.example 或 a@demo.example、b@hz.demo.example、c@notdemo.example';
    expect(valuesFoundBy(only('email', ['demo.example']), text)).toEqual(['li.si@mail.example', 'c@notdemo.example']);
  });

  it('what is allowed is nobody’s fault, however it is written', () => {
    expect(valuesFoundBy(only('mobile', ['+86 138-0013-8000']), '138 0013 8000，13900139000')).toEqual(['13900139000']);
  });

  it('stands where it is shown, and is hidden only where it is', () => {
    expect(foundBy(all, '😀电话１３８００１３８０００😀')).toEqual(['mobile １３８００１３８０００']);
    expect(foundBy(all, '𠮷幺三八〇〇幺三八〇〇〇吧')).toEqual(['mobile 幺三八〇〇幺三八〇〇〇?']);
    expect(foundBy(all, '1️⃣3️⃣8️⃣00138000好')).toEqual(['mobile 1️⃣3️⃣8️⃣00138000?']);
    expect(foundBy(all, '138 0013 8000')).toEqual(['mobile 138 0013 8000']);
    expect(foundBy(all, '11010519491231002X。')).toEqual(['id_card 11010519491231002X']);
  });

  it('long runs of digits cost no more than they are long', () => {
    const began = performance.now();
    foundBy(all, '1 3 '.repeat(20_000));
    foundBy(all, `${'a.'.repeat(20_000)}@${'b.'.repeat(20_000)}`);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
