import type { Company } from './company';
import { type Control, NotPossible } from './control';
import { happens } from './control/support';
import { lifeMoves, type Move } from './life-moves';
import type { Random } from './random';
import { talkMoves } from './talk-moves';

export interface Life {
  /** One random thing happens. @returns its name */
  step(): string;
  /** Steps at this pace, in real time, until stopped or called again; 0 stops. */
  live(pace: { perMinute: number }): void;
  stop(): void;
}

interface LifeDeps {
  company: Company;
  control: Control;
  random: Random;
  /** Whether people talk to each other, too. */
  talkative: boolean;
}

const tries = 20;

/** The company goes about its business, by weight: mostly customers come and are written about, seldom somebody leaves. */
export function createLife({ company, control, random, talkative }: LifeDeps): Life {
  const moves = [...lifeMoves({ company, control, random }), ...(talkative ? talkMoves(control) : [])];
  const total = moves.reduce((sum, [, weight]) => sum + weight, 0);
  let timer: NodeJS.Timeout | undefined;

  function draw(): Move {
    let left = random.next() * total;
    for (const move of moves) {
      left -= move[1];
      if (left < 0) return move;
    }
    return random.pick(moves);
  }

  function step(): string {
    for (let n = 0; n < tries; n += 1) {
      const [name, , act] = draw();
      if (happens(act)) return name;
    }
    throw new NotPossible('Nothing can happen in this company any more');
  }

  return {
    step,
    live({ perMinute }) {
      clearInterval(timer);
      timer = perMinute > 0 ? setInterval(() => happens(step), 60_000 / perMinute) : undefined;
      timer?.unref();
    },
    stop: () => clearInterval(timer),
  };
}
