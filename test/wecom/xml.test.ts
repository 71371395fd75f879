import { CallbackRefused } from '../../src/wecom/errors';
import { asList, parseEnvelope, parseXml } from '../../src/wecom/xml';

const envelope = (extra = '') =>
  `<xml><ToUserName><![CDATA[wwtest]]></ToUserName><AgentID><![CDATA[2]]></AgentID><Encrypt><![CDATA[q+/=]]></Encrypt>${extra}</xml>`;
const nested = (depth: number) => `${'<a>'.repeat(depth)}x${'</a>'.repeat(depth)}`;
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

const hostile: [name: string, text: string][] = [
  ['nothing', ''],
  ['blanks', ' \n '],
  ['no XML', 'hello'],
  ['text only', '<xml>text</xml>'],
  ['an empty element', '<xml></xml>'],
  ['a closed element', '<xml/>'],
  ['unclosed', '<xml><a>1</a>'],
  ['unclosed tag', '<xml><a'],
  ['unclosed CDATA', '<xml><a><![CDATA[x</a></xml>'],
  ['unclosed comment', '<xml><!-- <a>1</a></xml>'],
  ['wrong nesting', '<xml><a><b></a></b></xml>'],
  ['wrong case of a closing tag', '<xml><a>1</A></xml>'],
  ['two documents', '<xml><a>1</a></xml><xml><a>2</a></xml>'],
  ['text after the end', '<xml><a>1</a></xml> tail'],
  ['text before the start', 'head <xml><a>1</a></xml>'],
  ['a bare ampersand', '<xml><a>a & b</a></xml>'],
  ['a bare less-than', '<xml><a>a < b</a></xml>'],
  ['DOCTYPE', '<!DOCTYPE xml><xml><a>1</a></xml>'],
  ['doctype in small letters', '<!doctype xml><xml><a>1</a></xml>'],
  ['DOCTYPE after a comment that opens CDATA', '<!-- <![CDATA[ --><!DOCTYPE x><xml><a>]]></a></xml>'],
  ['DOCTYPE inside the root', '<xml><!DOCTYPE x><a>1</a></xml>'],
  ['external DTD', '<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/x.dtd"><xml><a>1</a></xml>'],
  ['public DTD', '<!DOCTYPE xml PUBLIC "-//X//Y" "http://127.0.0.1:1/x.dtd"><xml><a>1</a></xml>'],
  ['file entity', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><a>&f;</a></xml>'],
  ['network entity', '<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:1/">]><xml><a>&f;</a></xml>'],
  ['parameter entity', '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]><xml><a>1</a></xml>'],
  ['a billion laughs', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><xml><a>&l9;</a></xml>`],
  ['an entity without DOCTYPE', '<!ENTITY a "b"><xml><a>1</a></xml>'],
  ['an entity inside the root', '<xml><!ENTITY a "b"><a>1</a></xml>'],
  ['an unknown entity', '<xml><a>&unknown;</a></xml>'],
  ['a numeric reference out of range', '<xml><a>&#x110000;</a></xml>'],
  ['a numeric reference of nothing', '<xml><a>&#;</a></xml>'],
  ['a numeric reference bomb', `<xml><a>${'&#x41;'.repeat(60_000)}</a></xml>`],
  ['depth 33', `<xml>${nested(32)}</xml>`],
  ['depth 5,000', nested(5000)],
  ['depth 40,000, unclosed', '<a>'.repeat(40_000)],
  ['30,000 nodes', `<xml>${'<a/>'.repeat(30_000)}</xml>`],
  ['__proto__', '<xml><__proto__><admin>1</admin></__proto__></xml>'],
  ['constructor', '<xml><constructor><prototype>1</prototype></constructor></xml>'],
  ['prototype', '<xml><prototype>1</prototype></xml>'],
  ['toString', '<xml><toString>1</toString></xml>'],
  ['hasOwnProperty', '<xml><hasOwnProperty>1</hasOwnProperty></xml>'],
  ['__proto__ deep down', '<xml><a><b><__proto__>1</__proto__></b></a></xml>'],
  ['a name the parser itself uses: _', '<xml><_>1</_></xml>'],
  ['a name the parser itself uses: cdata', '<xml><cdata>1</cdata></xml>'],
  ['257 KiB', `<xml><a>${'x'.repeat(257 * 1024)}</a></xml>`],
  ['256 KiB in UTF-8 though not in characters', `<xml><a>${'客'.repeat(100 * 1024)}</a></xml>`],
  ['an attribute without quotes', '<xml><a b=c>1</a></xml>'],
  ['equal attributes', '<xml><a b="1" b=2>1</a></xml>'],
];

const outcome = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('hostile XML (S3)', () => {
  test('S3 there are at least 40 cases', () => expect(hostile.length).toBeGreaterThanOrEqual(40));

  test.each(hostile)('S3 refuses %s', (_, text) => {
    const before = process.cpuUsage();
    expect(outcome(() => parseXml(text))).toBeInstanceOf(CallbackRefused);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(200);
  });

  test('S3 nothing leaks into the prototype of objects', () => {
    for (const [, text] of hostile) outcome(() => parseXml(text));
    expect(({} as { admin?: string }).admin).toBeUndefined();
  });

  test.each([
    ['ToUserName', '<ToUserName>other</ToUserName>'],
    ['Encrypt', '<Encrypt>other</Encrypt>'],
    ['AgentID', '<AgentID>3</AgentID>'],
    ['a nested Encrypt', '<Encrypt><x>1</x></Encrypt>'],
  ])('S3 refuses an envelope with a second %s', (_, extra) => {
    expect(outcome(() => parseEnvelope(envelope(extra)))).toBeInstanceOf(CallbackRefused);
  });

  test.each([
    '{',
    '{}',
    '[]',
    '{"tousername":"a"}',
    '{"tousername":"a","encrypt":["x"]}',
    '{"tousername":"a","encrypt":"x","encrypt":"y"}',
    `{"tousername":"a","encrypt":"${'x'.repeat(300_000)}"}`,
    `{"tousername":${'['.repeat(100_000)}`,
  ])('S3 refuses the JSON envelope %#', (text) => {
    expect(outcome(() => parseEnvelope(text))).toBeInstanceOf(CallbackRefused);
  });
});

describe('what WeCom sends', () => {
  test('an envelope in XML, with blanks, BOM, declaration and `</xml >`', () => {
    const expected = { toUserName: 'wwtest', agentId: '2', encrypt: 'q+/=' };
    const texts = [
      envelope(),
      `\n\t ${envelope()}`,
      `\uFEFF${envelope()}`,
      `<?xml version="1.0" encoding="UTF-8"?>${envelope()}`,
      `${envelope().slice(0, -1)} >\n`,
    ];
    for (const text of texts) expect(parseEnvelope(text)).toEqual(expected);
  });

  test('an envelope without an agent, and one in JSON', () => {
    const bare = { toUserName: 'a', agentId: undefined, encrypt: 'x' };
    expect(parseEnvelope('<xml><ToUserName>a</ToUserName><AgentID></AgentID><Encrypt>x</Encrypt></xml>')).toEqual(bare);
    expect(parseEnvelope('<xml><ToUserName>a</ToUserName><Encrypt>x</Encrypt></xml>')).toEqual(bare);
    expect(parseEnvelope('{"tousername":"a","encrypt":"x","agentid":"7"}')).toEqual({ ...bare, agentId: '7' });
    expect(parseEnvelope(' {"tousername":"a","encrypt":"x","agentid":7}')).toEqual({ ...bare, agentId: '7' });
  });

  test('leaves are text, repeated siblings a list, markup inside CDATA is text', () => {
    const text =
      '<xml><N>007</N><T> a </T><E/><C><![CDATA[<!DOCTYPE x> & <b>]]></C><L><I>1</I><I>2</I></L><S><A>&lt;&#x5BA2;</A></S></xml>';
    expect(parseXml(text)).toEqual({
      N: '007',
      T: 'a',
      E: '',
      C: '<!DOCTYPE x> & <b>',
      L: { I: ['1', '2'] },
      S: { A: '<客' },
    });
  });

  test('MemChangeList comes as Item nodes or as comma-joined text', () => {
    const list = (inner: string) => asList(parseXml(`<xml><L>${inner}</L><X>1</X></xml>`).L);
    expect(list('<Item>a</Item><Item>b</Item>')).toEqual(['a', 'b']);
    expect(list('<Item>a</Item>')).toEqual(['a']);
    expect(list('<![CDATA[a, b,]]>')).toEqual(['a', 'b']);
    expect(list('')).toEqual([]);
    expect(asList(undefined)).toEqual([]);
    expect(asList([{ a: '1' }, { a: '2' }])).toEqual([{ a: '1' }, { a: '2' }]);
    expect(asList({ a: '1' })).toEqual([{ a: '1' }]);
  });
});
