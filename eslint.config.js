import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

export default defineConfig(
	{
		ignores: [
			'**/node_modules/',
			'.venv/',
			'.venv-bigquery/',
			'.onelane/',
			'.olist/',
			'build/',
			'**/.svelte-kit/',
			'**/target/',
			'logs/',
			'**/fixtures/',
			'test-results/'
		]
	},
	js.configs.recommended,
	...ts.configs.strict,
	...ts.configs.stylistic,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.node } },
		rules: {
			// TypeScript itself reports names that do not exist.
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
			'@typescript-eslint/consistent-type-definitions': 'off',
			'@typescript-eslint/no-invalid-void-type': 'off',
			'@typescript-eslint/no-extraneous-class': 'off',
			'@typescript-eslint/no-empty-function': 'off',
			'@typescript-eslint/no-dynamic-delete': 'off',
			eqeqeq: ['error', 'always', { null: 'ignore' }]
		}
	},
	{
		files: ['web/**'],
		languageOptions: { globals: { ...globals.browser } }
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
		rules: { 'svelte/no-navigation-without-resolve': 'off' }
	},
	{
		// Runs before anything is installed, on the system's own Node.
		files: ['pipeline/setup/**/*.mjs', 'pipeline/bin/**/*.mjs'],
		languageOptions: { ecmaVersion: 2022 },
		rules: { 'no-undef': 'error' }
	}
);
