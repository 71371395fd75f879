/**
 * What an errcode asks of us (reference: wecom-platform §3):
 * `token` refresh the token and try once more · `retry` try again later · `wait` until the window ends ·
 * `permanent` this request or its data will never pass · `configuration` a person must act · `noop` it is done already.
 */
export type ErrorClass = 'token' | 'retry' | 'wait' | 'permanent' | 'configuration' | 'noop';

export const errcode = {
  busy: -1,
  overLimit: 45009,
  tooConcurrent: 45033,
} as const;

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const codes: Record<ErrorClass, number[]> = {
  // 40001 on a call that is not gettoken: the secret was reset, or the token is of a past secret.
  token: [40001, 40014, 42001],
  retry: [-1, 6000, 41063, 41079, 50100],
  wait: [41053, 41094, 41096, 45009, 45033, 302008],
  configuration: [
    ...[40013, 40056, 40091, 301002, 48001, 48002, 48005, 48006, 48007, 48009, 50001, 50003, 50006, 60020, 60031],
    ...[80001, 85005, 301007, 301042, 301052, 301053, 301056, 701008, 701099],
  ],
  noop: [41050, 41051, 41093, 60140],
  permanent: [
    ...[40003, ...range(40004, 40009), 40029, 40031, 40032, 40033, 40035, 40058, 40063, 40066, 40068, 40071, 40072],
    ...[40082, 40093, 40096, ...range(40097, 40100), 40126, ...range(40128, 40131), 40143, 40205, 41001, 41002, 41004],
    ...[
      ...range(41035, 41045),
      41047,
      41048,
      41054,
      41068,
      41069,
      41076,
      41077,
      41083,
      42003,
      42009,
      42012,
      42022,
      44001,
      45001,
      45002,
      45024,
      45026,
    ],
    ...[45029, 46004, 49008, 50002, 60003, 60011, 60021, 60111, 60123, 60252, 60253, 81013, 81017, 82001, 84061, 84074],
    ...[
      84083,
      84084,
      86001,
      86003,
      91040,
      92000,
      ...range(90500, 90511),
      ...range(95000, 95032),
      301025,
      301048,
      301055,
    ],
    ...[301058, 301059, 301060, 301061, 610003, ...range(610014, 610018), ...range(660001, 660014)],
  ],
};

const classes = new Map(
  Object.entries(codes).flatMap(([name, list]) => list.map((code) => [code, name as ErrorClass] as const)),
);

/** @returns undefined for a code the table does not know */
export const classOf = (code: number): ErrorClass | undefined => classes.get(code);

/** On gettoken these mean that the secret or the corp id is wrong: asking again gets the address blocked. */
export const wrongSecret: readonly number[] = [40001, 40013, 40091, 41002, 41004];
