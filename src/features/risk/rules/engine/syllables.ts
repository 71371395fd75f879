import { pinyin } from 'pinyin-pro';
import { gap, isIdeograph, isLetter } from './signs';
import type { Skeleton } from './skeleton';

/** Every syllable that is written in pinyin, without tones. */
const all =
  'a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha ' +
  'chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan ' +
  'cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en ' +
  'eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui ' +
  'gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie ' +
  'jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo ' +
  'la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai ' +
  'man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian ' +
  'niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie ' +
  'pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong ' +
  'rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou ' +
  'shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao ' +
  'tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong ' +
  'xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng ' +
  'zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou ' +
  'zu zuan zui zun zuo';

const numbers = new Map(all.split(' ').map((syllable, i) => [syllable, i + 2]));
for (const [written, meant] of [
  ['lue', 'lve'],
  ['nue', 'nve'],
] as const)
  numbers.set(written, numbers.get(meant) as number);

/** Stands for whatever is no syllable. */
const none = 1;
const longest = 6;
const options = { toneType: 'none', type: 'array', v: true } as const;

/** By unit, once it was looked at. */
const known = new Uint16Array(0x10000);

/** The number of the syllable a character is read as, by itself. */
function syllableOf(unit: number): number {
  if (known[unit] === 0) {
    const [read] = pinyin(String.fromCharCode(unit), options);
    known[unit] = numbers.get(read ?? '') ?? none;
  }
  return known[unit] as number;
}

/** How a word of Chinese characters sounds, character by character and, where that differs, as a whole (银行). */
export function soundsOf(word: string): string[] {
  const each = Array.from(word, (sign) => syllableOf(sign.charCodeAt(0)));
  const whole = pinyin(word, options).map((read) => numbers.get(read) ?? none);
  const sounds = [each, whole].filter((read) => read.length === word.length && !read.includes(none));
  return [...new Set(sounds.map((read) => String.fromCharCode(...read)))];
}

/** A text as syllables, and for each the units of the skeleton that it stands for. Is filled again and again. */
export class Syllables {
  units = new Uint16Array(256);
  first = new Int32Array(256);
  end = new Int32Array(256);
  length = 0;

  fill(skeleton: Skeleton): this {
    this.length = 0;
    const { units, length } = skeleton.placed;
    if (units.length > this.units.length) {
      this.units = new Uint16Array(units.length);
      this.first = new Int32Array(units.length);
      this.end = new Int32Array(units.length);
    }
    for (let i = 0; i < length; ) {
      const unit = units[i] as number;
      if (isLetter(unit)) i = this.#spell(skeleton, i);
      else this.#add(isIdeograph(unit) ? syllableOf(unit) : none, i, ++i);
    }
    return this;
  }

  /** Whether a word that begins at syllable `first` is written with its own signs or in letters, and no homophones. */
  spells({ placed: { units } }: Skeleton, { word, first }: { word: string; first: number }): boolean {
    for (let i = 0; i < word.length; i++) {
      const unit = units[this.first[first + i] as number] as number;
      if (!isLetter(unit) && unit !== word.charCodeAt(i)) return false;
    }
    return true;
  }

  /** Whether they can be meant as one word: as `isOneWord` of skeletons, by syllables and not by letters. */
  areOneWord({ gaps }: Skeleton, first: number, end: number): boolean {
    const between = Array.from(
      { length: end - first - 1 },
      (_, i) => gaps[this.first[first + 1 + i] as number] as number,
    );
    return between.every((one) => one < gap.hard) || between.every((one) => one > gap.invisible);
  }

  #add(number: number, first: number, end: number): void {
    this.units[this.length] = number;
    this.first[this.length] = first;
    this.end[this.length] = end;
    this.length += 1;
  }

  /** A run of letters that is pinyin from end to end; another is no syllable. @returns where it ends */
  #spell(skeleton: Skeleton, first: number): number {
    const end = runEnd(skeleton, first);
    const steps = end - first > 60 ? undefined : spelled(skeleton.placed.text(first, end));
    let at = first;
    for (const step of steps ?? []) {
      this.#add(numbers.get(step) as number, at, at + step.length);
      at += step.length;
    }
    if (!steps) this.#add(none, first, end);
    return end;
  }
}

/** Letters that stand together, or one by one. */
function runEnd({ placed: { units, length }, gaps }: Skeleton, first: number): number {
  const isApart = (i: number) => i === length || !isLetter(units[i] as number) || (gaps[i] as number) > gap.invisible;
  let end = first + 1;
  while (!isApart(end)) end++;
  if (end > first + 1) return end;
  while (end < length && isLetter(units[end] as number) && isApart(end) && isApart(end + 1)) end++;
  return end;
}

/** The longest syllables from the left that leave nothing over. */
function spelled(letters: string): string[] | undefined {
  const steps: (string | undefined)[] = [];
  for (let at = letters.length - 1; at >= 0; at--) steps[at] = longestAt(letters, at, steps);
  const found: string[] = [];
  for (let at = 0, step = steps[0]; step !== undefined; at += step.length, step = steps[at]) found.push(step);
  return found.length > 0 ? found : undefined;
}

/** The longest syllable at a place behind which all can be spelled. */
function longestAt(letters: string, at: number, behind: readonly (string | undefined)[]): string | undefined {
  for (let size = Math.min(longest, letters.length - at); size > 0; size--) {
    const syllable = letters.slice(at, at + size);
    const goesOn = at + size === letters.length || behind[at + size] !== undefined;
    if (goesOn && numbers.has(syllable)) return syllable;
  }
  return undefined;
}
