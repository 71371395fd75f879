import { changeBetween, wordsIn } from '../../web/src/pages/word-lists/words';

test('one word a line, each once, whatever stands around it', () => {
  expect(wordsIn(' 回扣 \n\n好处费\r\n回扣\n')).toEqual(['回扣', '好处费']);
  expect(wordsIn('\n \n')).toEqual([]);
});

test('a version tells what it added and what it took away', () => {
  expect(changeBetween(['一', '二'], ['二', '三', '四'])).toEqual({ added: ['三', '四'], removed: ['一'] });
  expect(changeBetween(['一', '二'], ['二', '一'])).toEqual({ added: [], removed: [] });
});
