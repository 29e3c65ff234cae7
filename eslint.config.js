import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Names whose last word says nothing: the concept has no name yet. */
const EMPTY_NAMES = '(Manager|Helper|Helpers|Service|Util|Utils|Processor|Handler|Info|Data|Common|Misc|Base)$'

const BOOLEAN_PARAMETER =
  ':matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression) > Identifier.params[typeAnnotation.typeAnnotation.type="TSBooleanKeyword"]'

const houseRules = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import a thing from where it is defined.' },
  { selector: BOOLEAN_PARAMETER, message: 'No boolean parameters: a literal union, an options object, or two functions.' },
  {
    selector: 'ThrowStatement > NewExpression[callee.name="Error"]',
    message: 'Throw a Fault with a code of the catalogue (or a codec’s own error class).',
  },
  {
    selector: `:matches(ClassDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration)[id.name=/${EMPTY_NAMES}/]`,
    message: 'A name that ends in Manager, Helper, Data… says nothing.',
  },
  { selector: 'TSEnumDeclaration', message: 'An `as const` table instead of an enum.' },
]

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Default exports are for commands only.' }

const pure = {
  'no-restricted-globals': ['error', 'process', 'performance', 'fetch', 'setTimeout', 'setInterval'],
  'no-restricted-properties': ['error', { object: 'Date', property: 'now' }, { object: 'Math', property: 'random' }],
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          group: ['node:fs*', 'node:net', 'node:http*', 'node:child_process', 'node:timers*', 'node:crypto'],
          message: 'Pure code does no I/O.',
        },
      ],
    },
  ],
}

export default defineConfig(
  { ignores: ['dist', 'coverage', 'node_modules', 'fixtures'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...houseRules, noDefaultExport],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 20],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/commands/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...houseRules],
      'max-lines': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/readings/**/*.ts', 'src/analysis/**/*.ts', 'src/plant/machine/**/*.ts'], rules: pure },
  // Loops over typed arrays stay inside them; a fallback for every index would hide a wrong one as a zero.
  { files: ['src/analysis/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        {
          selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^(mock|doMock)$/]',
          message: 'No module mocks: replace the far end.',
        },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
)
