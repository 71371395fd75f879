import { xmlTokens } from '../../web/src/lib/xml';

const shown = (xml: string): string =>
  xmlTokens(xml)
    .map(({ text }) => text)
    .join('');

test('one element a line, text beside its element, CDATA as its text', () => {
  expect(shown('<xml><Event><![CDATA[a<b]]></Event><Items><Item>1</Item><Item/></Items></xml>')).toBe(
    ['<xml>', '  <Event>a<b</Event>', '  <Items>', '    <Item>1</Item>', '    <Item/>', '  </Items>', '</xml>'].join(
      '\n',
    ),
  );
});

test('S3 what is no XML is shown as it stands and costs no time', () => {
  expect(shown('a < b & c')).toContain('a');
  expect(shown('</x></x></x>')).toBe('</x>\n</x>\n</x>');
  const started = Date.now();
  for (const long of [`<${'<'.repeat(100_000)}`, `<${'a'.repeat(100_000)}`, `<a ${'b '.repeat(50_000)}`]) {
    expect(shown(long).replaceAll('\n', '').length).toBeGreaterThanOrEqual(long.trim().length);
  }
  expect(Date.now() - started).toBeLessThan(5_000);
});
