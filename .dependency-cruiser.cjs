/** Who may import what (docs/architecture.md). Every rule says what to do instead. */

const feature = '^src/features/([^/]+)/([^/]+)/';
const types = ['type-only', 'type-import'];
/** The only places that see the whole. */
const wiring = '^src/((main|cli|app|services|workers|schedules|entities|openapi|demo)\\.ts$|(cli|services)/)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third. Move what both use down, or pass it in.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: types } },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: put it to use or delete it.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.m?ts$', '^src/features/index\\.ts$', '^scripts/[^/]+$'] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere: correct the path, or install the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-packages-in-product',
      comment: 'A devDependency is not there in production: move it to dependencies, or the code to scripts or test.',
      severity: 'error',
      from: { path: '^(src|config|callbacks)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: types, pathNot: 'node_modules/@types/' },
    },
    {
      name: 'not-from-test',
      comment: 'The product does not know its tests: move the helper to src, or the code that needs it to test.',
      severity: 'error',
      from: { path: '^(src|config|callbacks)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'core-knows-nothing',
      comment: 'core imports nothing of ours, so that it never closes a cycle: pass in what it needs.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^(src|config|callbacks|scripts|test)/', pathNot: '^src/core/' },
    },
    {
      name: 'config-knows-core-only',
      comment: 'Settings are read before anything else exists: only core may be used.',
      severity: 'error',
      from: { path: '^config/' },
      to: { path: '^(src|callbacks|scripts)/', pathNot: '^src/core/' },
    },
    {
      name: 'settings-arrive-as-arguments',
      comment:
        'Only the files that wire the whole read settings. Take the value, or a part of Config as a type, as an argument.',
      severity: 'error',
      from: { path: '^(src|callbacks)/', pathNot: wiring },
      to: { path: '^config/', dependencyTypesNot: types },
    },
    {
      name: 'platform-knows-no-features',
      comment:
        'db, http, jobs, records, wecom and pay know no business: let the feature pass in what they should call.',
      severity: 'error',
      from: { path: '^src/(db|http|jobs|records|wecom|pay)/' },
      to: { path: ['^src/features/', '^callbacks/', wiring] },
    },
    {
      name: 'features-are-islands',
      comment:
        "Another feature's service is handed over in src/services.ts; import only its types, through its index.ts.",
      severity: 'error',
      from: { path: feature, pathNot: '\\.report\\.ts$' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/$2/', dependencyTypesNot: types },
    },
    {
      name: 'enter-by-index',
      comment: "A feature's files are its own affair: import what its index.ts exports, or export it there.",
      severity: 'error',
      from: { path: feature, pathNot: '\\.report\\.ts$' },
      to: { path: `${feature}(?!index\\.ts$)`, pathNot: '^src/features/$1/$2/' },
    },
    {
      name: 'enter-by-index-from-outside',
      comment: "A feature's files are its own affair: import what its index.ts exports, or export it there.",
      severity: 'error',
      from: { path: '^(src|callbacks|config)/', pathNot: ['^src/features/[^/]+/[^/]+/', '^src/entities\\.ts$'] },
      to: { path: `${feature}(?!index\\.ts$)` },
    },
    {
      name: 'reports-read-entities',
      comment: 'A report may read any table, so any *.entity.ts; what a feature does it asks its service for.',
      severity: 'error',
      from: { path: `${feature}.*\\.report\\.ts$` },
      to: {
        path: '^src/features/',
        pathNot: ['^src/features/$1/$2/', '\\.entity\\.ts$'],
        dependencyTypesNot: types,
      },
    },
    {
      name: 'features-do-not-wire',
      comment: 'A feature is handed what it needs; only the entry points see the whole.',
      severity: 'error',
      from: { path: '^src/features/' },
      to: { path: [wiring, '^callbacks/'], dependencyTypesNot: types },
    },
    {
      name: 'callbacks-take-services',
      comment:
        'A callback handler only translates (with the XML helpers) and calls one service, which arrives as an argument: import its type.',
      severity: 'error',
      from: { path: '^callbacks/' },
      to: { path: '^(src|config)/', pathNot: ['^src/core/', '^src/wecom/xml\\.ts$'], dependencyTypesNot: types },
    },
    {
      name: 'sandbox-is-another-program',
      comment:
        'The sandbox plays WeCom: it may know core, the WeCom cryptography and what an archive child speaks, and nothing of the product.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: {
        path: '^(src|config|callbacks)/',
        pathNot: ['^src/(sandbox|core)/', '^src/wecom/(crypto|archive/(child|sdk-fault|library|protocol))\\.ts$'],
      },
    },
    {
      name: 'nobody-knows-the-sandbox',
      comment: 'The product never knows that WeCom is pretended: the sandbox is started in src/demo.ts only.',
      severity: 'error',
      from: { path: '^(src|config|callbacks)/', pathNot: ['^src/demo\\.ts$', '^src/sandbox/'] },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'typeorm-stays-in-repositories',
      comment: 'Persistence stays findable: write a repository (or a report), or import the type only.',
      severity: 'error',
      from: { path: '^(src|config|callbacks)/', pathNot: ['^src/db/', '\\.(entity|repository|report)\\.ts$'] },
      to: { path: 'node_modules/typeorm', dependencyTypesNot: types },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
